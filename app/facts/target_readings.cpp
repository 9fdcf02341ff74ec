#include "app/facts/target_readings.h"

#include <algorithm>
#include <vector>

#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/plan_target.h"

namespace kuangxun::facts {
namespace {

using records::Record;

std::string_view comparison_code(const Record& target) {
  const auto* option = records::comparison_enumeration.find(target.integer(records::plan_target::comparison));
  return option == nullptr ? std::string_view("at-least") : option->code;
}

// Whether a range reaches a target in one reading, with what is known of its bounds.
std::string said_of(const FactValue& value, std::string_view comparison, std::int64_t target) {
  const bool is_over = comparison == "over";
  const auto reaches = [&](std::int64_t one) { return is_over ? one > target : one >= target; };
  if (comparison == "at-most") {
    if (value.high && *value.high <= target) return say_text("within it");
    if (value.low && *value.low > target) return say_text("exceeded");
    return say_text("cannot be determined");
  }
  if (value.low && reaches(*value.low)) return say_text("reached");
  if (value.high && !reaches(*value.high)) return say_text("not reached");
  return say_text("cannot be determined");
}

std::string in_brackets(const std::vector<std::string>& readings) {
  return say_text(" [") + join(readings, say("; ")) + say_text("]");
}

}  // namespace

std::string say_share_readings(const FactValue& share, const Registers& registers) {
  constexpr int share_scale = 4;
  std::vector<std::string> readings;
  for (const Record& target : registers.plan_targets) {
    if (target.text(records::plan_target::rule) != "R05" || !target.has(records::plan_target::value)) continue;
    const auto comparison = comparison_code(target);
    const std::string text =
        say_with("{0} {1} %: {2}",
                 {target.has(records::plan_target::comparison) ? target.display(records::plan_target::comparison)
                                                               : std::string(comparison),
                  format_decimal(target.integer(records::plan_target::value), share_scale),
                  said_of(share, comparison, target.integer(records::plan_target::value))});
    if (std::ranges::find(readings, text) == readings.end()) readings.push_back(text);
  }
  if (readings.size() < 2 || !share.low || !share.high) return {};
  std::string text = format_decimal(*share.low, share_scale);
  if (*share.low != *share.high) text += "–" + format_decimal(*share.high, share_scale);
  return text + " %" + in_brackets(readings);
}

// Of gold the text says 30 吨 and table 8 says 30 矿石万吨; whether the first is ore or metal it does not say.
std::string say_output_readings(const FactValue& output, const Mineral& mineral, const Registers& registers) {
  constexpr std::int64_t finer = 100;         // targets have 4 decimals, the output 6
  constexpr std::int64_t t_in_10kt = 10'000;  // 1 吨 is 0.0001 万吨
  std::vector<std::string> readings;
  bool has_tonnes = false;
  for (const Record& target : registers.plan_targets) {
    const bool is_output =
        target.text(records::plan_target::rule) == "R03" || target.text(records::plan_target::rule).empty();
    if (!is_output || target.integer(records::plan_target::mineral) != mineral.number ||
        !target.has(records::plan_target::value))
      continue;
    const std::string unit = target.text(records::plan_target::unit);
    const std::string value = format_decimal(target.integer(records::plan_target::value), 4);
    if (unit == "矿石万吨") {
      readings.push_back(
          say_with("by \"{0} (10,000 t of ore)\": {1}",
                   {value, said_of(output, "at-least", target.integer(records::plan_target::value) * finer)}));
    } else if (unit == "吨") {
      has_tonnes = true;
      const std::int64_t as_ore = target.integer(records::plan_target::value) * finer / t_in_10kt;
      readings.push_back(say_with(
          "by \"{0} t\": if that is ore, {1}; if it is metal, returns give no metal and it cannot be determined",
          {value, said_of(output, "at-least", as_ore)}));
    }
  }
  return has_tonnes && readings.size() > 1 ? in_brackets(readings) : std::string();
}

}  // namespace kuangxun::facts
