#include <functional>

#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/gps/decode.h"
#include "app/gps/fix_stream.h"
#include "app/gps/heard_text.h"
#include "app/gps/open_source.h"
#include "db/base/decimal.h"
#include "db/language/language.h"

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

// What was heard. A receiver never ends: until the seconds are over, or somebody stops the program.
Result<gps::NmeaScanner::Counts> decode_live(Context& context, const std::function<void(const gps::Fix&)>& take) {
  Clock& clock = context.clock();
  KX_TRY(source, gps::open_source(context.invocation.file, 1, clock));
  gps::FixStream stream(std::move(source), clock);
  const std::int64_t begun_ms = clock.steady_ms();
  const std::int64_t most_ms = context.invocation.seconds * 1000;
  while (!stream.ended() && (most_ms == 0 || clock.steady_ms() - begun_ms < most_ms)) {
    const auto fix = stream.next();
    if (!fix) continue;
    take(*fix);
    context.out << std::flush;
  }
  if (stream.error()) return *stream.error();
  return stream.counts();
}

}  // namespace

Result<int> run_gps_decode(Context& context) {
  const std::string& source = context.invocation.file;
  std::size_t fixes = 0;
  const auto print = [&](const gps::Fix& fix) {
    context.out << format_json_line(fix_json(fix)) << '\n';
    ++fixes;
  };
  KX_TRY(heard, gps::is_live_source(source) ? decode_live(context, print) : gps::decode_file(source, print));
  if (fixes == 0) {
    context.err << say_with("{0} holds no fix: {1}", {source, gps::no_fix_text(heard)}) << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
