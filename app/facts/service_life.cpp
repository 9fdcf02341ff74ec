#include "app/facts/service_life.h"

#include <optional>

#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::facts {
namespace {

constexpr std::int64_t hundred_percent = 1'000'000;

// At most 10^11 times 10^6 times 10, which 63 bits hold.
std::int64_t years(std::int64_t amount, std::int64_t recovery, std::int64_t capacity, std::int64_t dilution) {
  return amount * recovery * power_of_ten(service_life_scale) / (capacity * (hundred_percent - dilution));
}

std::string missing_note(const ServiceLifeInputs& inputs) {
  std::vector<std::string> missing;
  const auto add = [&](const FactValue& fact, MessageId message) {
    if (fact.is_known) return;
    const std::string name = say_text(message);
    missing.push_back(fact.is_disputed ? name + say_text(in_context("facts", " (disputed)")) : name);
  };
  add(inputs.capacity, "capacity");
  add(inputs.recoverable, "designed recoverable reserves");
  add(inputs.recovery, "designed mining recovery");
  add(inputs.dilution, "designed dilution");
  if (missing.empty()) return {};
  const std::string list = join(missing, say(", "));
  if (!inputs.recoverable.is_known && inputs.retained.is_known) {
    return say_with("the retained resources give an upper bound only; not known: {0}", {list});
  }
  return say_with("not known: {0}", {list});
}

}  // namespace

FactValue service_life_of(const ServiceLifeInputs& inputs) {
  const auto& amount = inputs.recoverable.is_known ? inputs.recoverable : inputs.retained;
  if (inputs.capacity.is_known && inputs.capacity.number <= 0) {
    return FactValue::unknown(say_text("the capacity is zero, the divisor is zero"));
  }
  if (inputs.recoverable.is_known && inputs.retained.is_known && inputs.recoverable.number > inputs.retained.number) {
    return FactValue::unknown(
        say_text("the recoverable reserves exceed the retained resources; compare the two first"));
  }
  const bool is_all_loss = inputs.dilution.is_known && inputs.dilution.number >= hundred_percent;
  if (is_all_loss) return FactValue::unknown(say_text("dilution 100 %: divisor is zero"));
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  if (inputs.capacity.is_known && amount.is_known) {
    const std::int64_t capacity = inputs.capacity.number;
    if (inputs.recoverable.is_known && inputs.recovery.is_known) {
      low =
          years(amount.number, inputs.recovery.number, capacity, inputs.dilution.is_known ? inputs.dilution.number : 0);
    }
    if (inputs.dilution.is_known) {
      const std::int64_t recovery = inputs.recovery.is_known ? inputs.recovery.number : hundred_percent;
      high = years(amount.number, recovery, capacity, inputs.dilution.number);
    }
  }
  FactValue life = FactValue::between(low, high);
  life.note = missing_note(inputs);
  for (const auto* input : {&inputs.recoverable, &inputs.recovery, &inputs.dilution, &inputs.capacity}) {
    if (!life.is_known) life.is_disputed = life.is_disputed || input->is_disputed;
  }
  return life;
}

}  // namespace kuangxun::facts
