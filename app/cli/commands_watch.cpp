#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/geo/position_text.h"
#include "app/gps/averager.h"
#include "app/gps/county_gate.h"
#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

// A receiver's fixes as they come, each with what the gate of evidence says.
namespace kuangxun::cli {
namespace {

constexpr int shown_decimals = 7;
constexpr std::int64_t ms_per_s = 1000;
constexpr std::int64_t patience_ms = 30'000;  // for the receiver's first fixes

// What the county asked when this laptop last synced; without a data folder the program's own.
gps::GateLimits limits_here(Context& context) {
  const auto store = context.office.reader();
  if (!store.ok()) return {};
  const auto rules = (*store)->list(records::kinds::positioning_rules);
  return rules.ok() ? gps::gate_limits(records::read_positioning_rules(*rules)) : gps::GateLimits{};
}

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
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("time", fix.utc_ms ? JsonValue::string(format_instant(*fix.utc_ms, 0)) : JsonValue());
    json.add("latitude_deg", JsonValue::number(format_decimal(fix.latitude_nanodegrees, 9)));
    json.add("longitude_deg", JsonValue::number(format_decimal(fix.longitude_nanodegrees, 9)));
    json.add("accuracy_m", fix.accuracy_mm ? JsonValue::number(format_decimal(*fix.accuracy_mm, 3)) : JsonValue());
    json.add("verdict", JsonValue::string(verdict_name(verdict)));
    context.out << format_json_line(json) << '\n' << std::flush;
    return;
  }
  context.out << geo::format_position_degrees({fix.latitude_nanodegrees, fix.longitude_nanodegrees}, shown_decimals)
              << "  "
              << (fix.accuracy_mm ? "± " + format_decimal(*fix.accuracy_mm / 100, 1) + " m"
                                  : say_text("accuracy unknown"))
              << "  " << gps::gate_text(verdict) << '\n'
              << std::flush;
}

void print_average(Context& context, const gps::Average& average) {
  const auto metres = [](std::int64_t millimetres) { return JsonValue::number(format_decimal(millimetres, 3)); };
  const auto metres_or_null = [&](const std::optional<std::int64_t>& millimetres) {
    return millimetres ? metres(*millimetres) : JsonValue();
  };
  JsonValue json = JsonValue::object();
  json.add("latitude_deg", JsonValue::number(format_decimal(average.latitude_nanodegrees, 9)));
  json.add("longitude_deg", JsonValue::number(format_decimal(average.longitude_nanodegrees, 9)));
  json.add("orthometric_height_m", metres_or_null(average.orthometric_height_mm));
  json.add("geoid_separation_m", metres_or_null(average.geoid_separation_mm));
  json.add("accuracy_m", metres_or_null(average.accuracy_mm));
  json.add("scatter_standard_error_m", metres(average.scatter_standard_error_mm));
  json.add("shared_standard_error_m", metres_or_null(average.shared_standard_error_mm));
  json.add("fixes", JsonValue::integer(average.fixes));
  json.add("effective_fixes",
           JsonValue::number(format_decimal(static_cast<std::int64_t>(average.effective_fixes * 10), 1)));
  json.add("outliers", JsonValue::integer(average.outliers));
  json.add("spread_max_m", metres(average.spread_max_mm));
  json.add("duration_s", JsonValue::number(format_decimal(average.duration_ms, 3)));
  if (context.invocation.json) {
    context.out << format_json(json) << '\n';
    return;
  }
  context.out << geo::format_position_degrees({average.latitude_nanodegrees, average.longitude_nanodegrees},
                                              shown_decimals)
              << "  "
              << (average.accuracy_mm ? "± " + format_decimal((*average.accuracy_mm + 99) / 100, 1) + " m"
                                      : say_text("accuracy unknown"))
              << "  "
              << say_with("{0} fixes in {1} s, {2} outliers left out; scatter {3} m, farthest {4} m",
                          {std::to_string(average.fixes), std::to_string(average.duration_ms / ms_per_s),
                           std::to_string(average.outliers), format_decimal(average.scatter_standard_error_mm, 3),
                           format_decimal(average.spread_max_mm, 3)})
              << '\n';
}

}  // namespace

Result<int> run_gps_watch(Context& context) {
  KX_TRY(source, gps::open_source(context.invocation.file, 1, context.clock()));
  gps::EvidenceGate gate(limits_here(context));
  gps::FixStream stream(std::move(source), context.clock());
  const std::int64_t begun_ms = context.clock().steady_ms();
  const std::int64_t most_ms = context.invocation.seconds * ms_per_s;
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
                                              {context.invocation.file}));
}

Result<int> run_gps_average(Context& context) {
  Clock& clock = context.clock();
  gps::StopRule rule;
  if (context.invocation.fixes > 0) rule.fixes = static_cast<int>(context.invocation.fixes);
  if (context.invocation.seconds > 0) rule.duration_ms = context.invocation.seconds * ms_per_s;
  if (!context.invocation.accuracy.empty()) {
    const auto accuracy_mm = parse_decimal(context.invocation.accuracy, 3);
    if (!accuracy_mm.ok() || *accuracy_mm <= 0) {
      return Error(ErrorCode::usage, phrase("--accuracy is in metres"));
    }
    rule.accuracy_mm = *accuracy_mm;
  }
  KX_TRY(source, gps::open_source(context.invocation.file, 0, clock));
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

}  // namespace kuangxun::cli
