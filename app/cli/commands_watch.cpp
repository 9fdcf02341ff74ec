#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/geo/position_text.h"
#include "app/gps/county_gate.h"
#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "db/base/decimal.h"
#include "db/base/language.h"
#include "db/records/kinds.h"

// A receiver's fixes as they come, each with what the gate of evidence says.
namespace kuangxun::cli {
namespace {

constexpr int shown_decimals = 7;
constexpr std::int64_t ms_per_s = 1000;

// What the county asked when this laptop last synced; without a data folder the program's own.
gps::GateLimits limits_here(Context& context) {
  const auto store = context.workplace.reader();
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
                                  : say_text("精度未知", "accuracy unknown"))
              << "  " << gps::gate_text(verdict) << '\n'
              << std::flush;
}

}  // namespace

Result<int> run_gps_watch(Context& context) {
  KX_TRY(source, gps::open_source(context.invocation.file, 1, context.ports.clock));
  gps::EvidenceGate gate(limits_here(context));
  gps::FixStream stream(std::move(source), context.ports.clock);
  const std::int64_t begun_ms = context.ports.clock.steady_ms();
  const std::int64_t most_ms = context.invocation.seconds * ms_per_s;
  std::size_t fixes = 0;
  while (!stream.ended() && (most_ms == 0 || context.ports.clock.steady_ms() - begun_ms < most_ms)) {
    const auto fix = stream.next();
    if (!fix) continue;
    ++fixes;
    print(context, *fix, gate.judge(*fix, context.ports.clock.steady_ms()));
  }
  if (stream.error()) return *stream.error();
  if (fixes > 0) return exit_done;
  return Error(ErrorCode::unavailable, say_with("{0} 没有给出定位：请检查接收机、线路和地址",
                                                "{0} gave no fix: check the receiver, the line and the "
                                                "address",
                                                {context.invocation.file}));
}

}  // namespace kuangxun::cli
