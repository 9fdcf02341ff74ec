#include "app/cli/command.h"
#include "app/cli/receiver.h"
#include "app/cli/shared_words.h"
#include "app/geo/measure_text.h"
#include "app/geo/position_text.h"
#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "app/json/json_value.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr int shown_decimals = 7;
constexpr std::int64_t ms_per_s = 1000;

std::string verdict_name(gps::GateVerdict verdict) {
  switch (verdict) {
    case gps::GateVerdict::accepted:
      return "accepted";
    case gps::GateVerdict::warming_up:
      return "warming-up";
    case gps::GateVerdict::too_old:
      return "too-old";
    case gps::GateVerdict::no_date:
      return "no-date";
    case gps::GateVerdict::not_measured:
      return "not-measured";
    case gps::GateVerdict::sentences_disagree:
      return "sentences-disagree";
    case gps::GateVerdict::accuracy_unknown:
      return "accuracy-unknown";
    case gps::GateVerdict::accuracy_too_poor:
      break;
  }
  return "accuracy-too-poor";
}

void print(Context& context, const gps::Fix& fix, gps::GateVerdict verdict) {
  if (context.is_json) {
    JsonValue json = JsonValue::object();
    json.add("time", fix.utc_ms ? JsonValue::string(format_instant(*fix.utc_ms, 0)) : JsonValue());
    json.add("latitude_deg", JsonValue::decimal(fix.latitude_nanodegrees, 9));
    json.add("longitude_deg", JsonValue::decimal(fix.longitude_nanodegrees, 9));
    json.add("accuracy_m", JsonValue::decimal(fix.accuracy_mm, 3));
    json.add("verdict", JsonValue::string(verdict_name(verdict)));
    context.out << json::format_json_line(json) << '\n' << std::flush;
    return;
  }
  context.out << geo::format_position_degrees({fix.latitude_nanodegrees, fix.longitude_nanodegrees}, shown_decimals)
              << "  " << (fix.accuracy_mm ? geo::accuracy_text(*fix.accuracy_mm) : say_text("accuracy unknown")) << "  "
              << gps::gate_text(verdict) << '\n'
              << std::flush;
}

struct Watch final : Command {
  std::string source_name;
  std::int64_t seconds = 0;

  void describe(WordList& words) override {
    words.about(say_text("fixes as they come, and whether each is evidence"));
    words.argument("SOURCE", source_name,
                   say_text("a serial port (/dev/ttyUSB0[@SPEED], or auto to look for one), gpsd://HOST, "
                            "tcp://HOST:PORT, udp://:PORT, or a recording"));
    take_seconds(words, seconds);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(source, gps::open_source(source_name, 1, context.clock()));
    gps::EvidenceGate gate(limits_here(context));
    gps::FixStream stream(std::move(source), context.clock());
    const std::int64_t begun_ms = context.clock().steady_ms();
    const std::int64_t most_ms = seconds * ms_per_s;
    std::size_t fixes = 0;
    while (!stream.ended() && (most_ms == 0 || context.clock().steady_ms() - begun_ms < most_ms)) {
      const auto fix = stream.next();
      if (!fix) continue;
      ++fixes;
      print(context, *fix, gate.judge(*fix, context.clock().steady_ms()));
    }
    if (stream.error()) return *stream.error();
    if (fixes > 0) return exit_done;
    return Error(ErrorCode::unavailable, phrase("{0} gave no fix: check the receiver, the line and the "
                                                "address",
                                                {source_name}));
  }
};

const Registered<Watch> registered("gps watch", 602);

}  // namespace
}  // namespace kuangxun::cli
