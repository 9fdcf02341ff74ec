#include <functional>

#include "app/cli/command.h"
#include "app/cli/shared_words.h"
#include "app/gps/decode.h"
#include "app/gps/fix_stream.h"
#include "app/gps/heard_text.h"
#include "app/gps/open_source.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

JsonValue fix_json(const gps::Fix& fix) {
  JsonValue json = JsonValue::object();
  json.add("time", fix.utc_ms ? JsonValue::string(format_instant(*fix.utc_ms, 0)) : JsonValue());
  json.add("latitude_deg", JsonValue::decimal(fix.latitude_nanodegrees, 9));
  json.add("longitude_deg", JsonValue::decimal(fix.longitude_nanodegrees, 9));
  json.add("height_m", JsonValue::decimal(fix.orthometric_height_mm, 3));
  json.add("ellipsoidal_height_m", JsonValue::decimal(fix.ellipsoidal_height_mm(), 3));
  json.add("accuracy_m", JsonValue::decimal(fix.accuracy_mm, 3));
  json.add("accuracy_basis", JsonValue::string(gps::accuracy_basis_name(fix)));
  json.add("mode", JsonValue::string(gps::mode_name(fix.mode)));
  json.add("type", JsonValue::string(gps::type_name(fix.type)));
  json.add("satellites", fix.satellites ? JsonValue::integer(*fix.satellites) : JsonValue());
  return json;
}

// What was heard. A receiver never ends: until the seconds are over, or somebody stops the program.
Result<gps::NmeaScanner::Counts> decode_live(Context& context, const std::string& source_name, std::int64_t seconds,
                                             const std::function<void(const gps::Fix&)>& take) {
  Clock& clock = context.clock();
  KX_TRY(source, gps::open_source(source_name, 1, clock));
  gps::FixStream stream(std::move(source), clock);
  const std::int64_t begun_ms = clock.steady_ms();
  const std::int64_t most_ms = seconds * 1000;
  while (!stream.ended() && (most_ms == 0 || clock.steady_ms() - begun_ms < most_ms)) {
    const auto fix = stream.next();
    if (!fix) continue;
    take(*fix);
    context.out << std::flush;
  }
  if (stream.error()) return *stream.error();
  return stream.counts();
}

struct Decode final : Command {
  std::string source;
  std::int64_t seconds = 0;

  void describe(WordList& words) override {
    words.about(say_text("the fixes of a recording or a receiver, one a line, ungated"));
    words.argument("FILE|DEVICE", source, say_text("a recording of a receiver, or as for gps watch"));
    take_seconds(words, seconds);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    std::size_t fixes = 0;
    const auto print = [&](const gps::Fix& fix) {
      context.out << json::format_json_line(fix_json(fix)) << '\n';
      ++fixes;
    };
    KX_TRY(heard, gps::is_live_source(source) ? decode_live(context, source, seconds, print)
                                              : gps::decode_file(source, print));
    if (fixes == 0) {
      context.err << say_with("{0} holds no fix: {1}", {source, gps::no_fix_text(heard)}) << '\n';
    }
    return exit_done;
  }
};

const Registered<Decode> registered("gps decode", 601);

}  // namespace
}  // namespace kuangxun::cli
