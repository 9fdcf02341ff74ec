#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/gps/decode.h"
#include "db/base/decimal.h"
#include "db/base/language.h"

namespace kuangxun::cli {
namespace {

JsonValue metres(const std::optional<std::int64_t>& millimetres) {
  return millimetres ? JsonValue::number(format_decimal(*millimetres, 3)) : JsonValue();
}

JsonValue fix_json(const gps::Fix& fix) {
  JsonValue json = JsonValue::object();
  json.add("time", fix.utc_ms ? JsonValue::string(format_instant(*fix.utc_ms, 0)) : JsonValue());
  json.add("latitude_deg", JsonValue::number(format_decimal(fix.latitude_nanodegrees, 9)));
  json.add("longitude_deg", JsonValue::number(format_decimal(fix.longitude_nanodegrees, 9)));
  json.add("height_m", metres(fix.orthometric_height_mm));
  json.add("ellipsoidal_height_m", metres(fix.ellipsoidal_height_mm()));
  json.add("accuracy_m", metres(fix.accuracy_mm));
  json.add("accuracy_basis", JsonValue::string(gps::accuracy_basis_name(fix)));
  json.add("mode", JsonValue::string(gps::mode_name(fix.mode)));
  json.add("type", JsonValue::string(gps::type_name(fix.type)));
  json.add("satellites", fix.satellites ? JsonValue::integer(*fix.satellites) : JsonValue());
  return json;
}

}  // namespace

Result<int> run_gps_decode(Context& context) {
  std::size_t fixes = 0;
  KX_CHECK(gps::decode_file(context.invocation.file, [&](const gps::Fix& fix) {
    context.out << format_json_line(fix_json(fix)) << '\n';
    ++fixes;
  }));
  if (fixes == 0) {
    context.err << say_with("{0} 里没有定位", "{0} holds no fix", {context.invocation.file}) << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
