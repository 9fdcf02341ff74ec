#include "app/cli/receiver.h"

#include "app/gps/county_gate.h"
#include "app/json/json_value.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {

using json::JsonValue;

gps::GateLimits limits_here(Context& context) {
  const auto store = context.office.reader();
  if (!store.ok()) return {};
  const auto rules = (*store)->list(records::kinds::positioning_rules);
  return rules.ok() ? gps::gate_limits(records::read_positioning_rules(*rules)) : gps::GateLimits{};
}

int print_counts(Context& context, const inspect::TrackFilter::Counts& counts) {
  if (context.is_json) {
    JsonValue json = JsonValue::object();
    json.add("points", JsonValue::integer(counts.kept));
    json.add("near", JsonValue::integer(counts.near));
    json.add("outliers", JsonValue::integer(counts.outliers));
    json.add("unusable", JsonValue::integer(counts.unusable));
    context.out << json::format_json(json) << '\n';
    return exit_done;
  }
  context.out << say_with("{0} points; passed over: {1} too near, {2} jumps, {3} unusable",
                          {std::to_string(counts.kept), std::to_string(counts.near), std::to_string(counts.outliers),
                           std::to_string(counts.unusable)})
              << '\n';
  return exit_done;
}

}  // namespace kuangxun::cli
