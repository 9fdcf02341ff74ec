#pragma once

#include <optional>
#include <span>

#include "app/criteria/condition.h"

namespace kuangxun::criteria {

// Yes, no or cannot be told.
using Truth = std::optional<bool>;

// What a condition comes to with some facts.
struct Answer {
  Truth holds;
  bool divides_by_zero = false;  // whether a divisor is known to be zero
};

// A value that an unknown fact is taken to have, to see what would follow.
struct Trial {
  std::size_t fact = 0;
  std::int64_t number = 0;
};

// Kleene's three values throughout: what is not known decides nothing unless every value of it would decide the same.
// `facts` by the dictionary's index; `trials` stand in front of them, which are many and not copied. The condition is
// not empty. Each part is worked out once, so that limits::condition_parts_max bounds the steps. Any thread.
Answer evaluate(const Condition& condition, std::span<const facts::FactValue> facts,
                std::span<const Trial> trials = {});

}  // namespace kuangxun::criteria
