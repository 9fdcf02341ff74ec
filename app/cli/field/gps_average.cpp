#include "app/cli/command.h"
#include "app/cli/receiver.h"
#include "app/cli/shared_words.h"
#include "app/geo/measure_text.h"
#include "app/geo/position_text.h"
#include "app/gps/averager.h"
#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "app/json/json_value.h"
#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr int shown_decimals = 7;
constexpr std::int64_t ms_per_s = 1000;
constexpr std::int64_t patience_ms = 30'000;  // for the receiver's first fixes

void print_average(Context& context, const gps::Average& average) {
  JsonValue json = JsonValue::object();
  json.add("latitude_deg", JsonValue::decimal(average.latitude_nanodegrees, 9));
  json.add("longitude_deg", JsonValue::decimal(average.longitude_nanodegrees, 9));
  json.add("orthometric_height_m", JsonValue::decimal(average.orthometric_height_mm, 3));
  json.add("geoid_separation_m", JsonValue::decimal(average.geoid_separation_mm, 3));
  json.add("accuracy_m", JsonValue::decimal(average.accuracy_mm, 3));
  json.add("scatter_standard_error_m", JsonValue::decimal(average.scatter_standard_error_mm, 3));
  json.add("shared_standard_error_m", JsonValue::decimal(average.shared_standard_error_mm, 3));
  json.add("fixes", JsonValue::integer(average.fixes));
  json.add("effective_fixes", JsonValue::decimal(static_cast<std::int64_t>(average.effective_fixes * 10), 1));
  json.add("outliers", JsonValue::integer(average.outliers));
  json.add("spread_max_m", JsonValue::decimal(average.spread_max_mm, 3));
  json.add("duration_s", JsonValue::decimal(average.duration_ms, 3));
  if (context.is_json) {
    context.out << json::format_json(json) << '\n';
    return;
  }
  context.out << geo::format_position_degrees({average.latitude_nanodegrees, average.longitude_nanodegrees},
                                              shown_decimals)
              << "  " << (average.accuracy_mm ? geo::accuracy_text(*average.accuracy_mm) : say_text("accuracy unknown"))
              << "  "
              << say_with("{0} fixes in {1} s, {2} outliers left out; scatter {3} m, farthest {4} m",
                          {std::to_string(average.fixes), std::to_string(average.duration_ms / ms_per_s),
                           std::to_string(average.outliers), format_decimal(average.scatter_standard_error_mm, 3),
                           format_decimal(average.spread_max_mm, 3)})
              << '\n';
}

struct Average final : Command {
  std::string source_name;
  std::int64_t seconds = 0;
  std::int64_t fixes = 0;  // 0: as many as come
  std::string accuracy;

  void describe(WordList& words) override {
    words.about(say_text("the mean of fixes at one place, with its standard error"));
    constexpr std::int64_t fixes_max = 36'000;
    words.argument("SOURCE", source_name, say_text("as for gps watch"));
    take_seconds(words, seconds);
    words.option("--fixes", "N", fixes, say_text("stop after so many fixes")).within(0, fixes_max);
    words.option("--accuracy", "M", accuracy, say_text("stop at this accuracy in metres"));
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    Clock& clock = context.clock();
    gps::StopRule rule;
    if (fixes > 0) rule.fixes = static_cast<int>(fixes);
    if (seconds > 0) rule.duration_ms = seconds * ms_per_s;
    if (!accuracy.empty()) {
      const auto accuracy_mm = parse_decimal(accuracy, 3);
      if (!accuracy_mm.ok() || *accuracy_mm <= 0) {
        return Error(ErrorCode::usage, phrase("--accuracy is in metres"));
      }
      rule.accuracy_mm = *accuracy_mm;
    }
    KX_TRY(source, gps::open_source(source_name, 0, clock));
    gps::EvidenceGate gate(limits_here(context));
    gps::FixStream stream(std::move(source), clock);
    gps::Averager averager;
    const std::int64_t begun_ms = clock.steady_ms();
    // A receiver that says nothing ends it too.
    const std::int64_t most_ms = rule.duration_ms ? *rule.duration_ms + patience_ms : INT64_MAX;
    while (!stream.ended() && clock.steady_ms() - begun_ms < most_ms) {
      const auto fix = stream.next();
      if (!fix || gate.judge(*fix, clock.steady_ms()) != gps::GateVerdict::accepted) continue;
      if (averager.add(*fix) && averager.is_enough(rule)) break;
    }
    if (stream.error()) return *stream.error();
    KX_TRY(average, averager.mean());
    print_average(context, average);
    return exit_done;
  }
};

const Registered<Average> registered("gps average", 603);

}  // namespace
}  // namespace kuangxun::cli
