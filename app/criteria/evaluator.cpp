#include "app/criteria/evaluator.h"

#include <algorithm>

// Why an evaluator of our own and no database or script: two values are not enough and SQL's NULL is not either (CASE
// takes it for no), verdicts must be the same on every machine for decades, and what an office writes in a spreadsheet
// must not be able to do anything but compare. So there is no loop, no call, no inexact number and no allocation here.
namespace kuangxun::criteria {
namespace {

using Operation = Term::Operation;
using Sign = Term::Sign;

// A truth is 0 or 1. What cannot be told has neither number nor text.
struct Value {
  bool is_known = false;
  std::int64_t number = 0;
  const std::string* text = nullptr;  // of texts alone
};

Value known(std::int64_t number) {
  return {true, number, nullptr};
}
Value known_if(const std::optional<std::int64_t>& number) {
  return number ? known(*number) : Value();
}
bool is_yes(const Value& value) {
  return value.is_known && value.number != 0;
}
bool is_no(const Value& value) {
  return value.is_known && value.number == 0;
}

Value negated(const Value& value) {
  return value.is_known ? known(value.number == 0 ? 1 : 0) : Value();
}
Value both(const Value& left, const Value& right) {
  if (is_no(left) || is_no(right)) return known(0);
  return left.is_known && right.is_known ? known(1) : Value();
}
Value either(const Value& left, const Value& right) {
  if (is_yes(left) || is_yes(right)) return known(1);
  return left.is_known && right.is_known ? known(0) : Value();
}

bool holds(std::int64_t left, Sign sign, std::int64_t right) {
  switch (sign) {
    case Sign::equal:
      return left == right;
    case Sign::unequal:
      return left != right;
    case Sign::less:
      return left < right;
    case Sign::at_most:
      return left <= right;
    case Sign::greater:
      return left > right;
    case Sign::at_least:
      return left >= right;
  }
  return false;
}
Value compared(const Value& left, Sign sign, const Value& right) {
  return left.is_known && right.is_known ? known(holds(left.number, sign, right.number) ? 1 : 0) : Value();
}
Value compared_text(const Value& left, Sign sign, const Value& right) {
  if (!left.is_known || !right.is_known) return {};
  return known((*left.text == *right.text) == (sign == Sign::equal) ? 1 : 0);
}

// The compiler proved that facts within their maximum stay far inside 64 bits. A register can hold more than that; what
// would not fit cannot be told, rather than be wrong.
Value calculated(Operation operation, const Value& left, const Value& right) {
  if (!left.is_known || !right.is_known) return {};
  std::int64_t result = 0;
  const bool is_too_large = operation == Operation::product ? __builtin_mul_overflow(left.number, right.number, &result)
                            : operation == Operation::sum   ? __builtin_add_overflow(left.number, right.number, &result)
                                                          : __builtin_sub_overflow(left.number, right.number, &result);
  return is_too_large ? Value() : known(result);
}

// Works one condition out, once.
class Evaluation {
 public:
  Evaluation(std::span<const facts::FactValue> facts, std::span<const Trial> trials) : facts_(facts), trials_(trials) {}

  Value value_of(const Term& term) {
    const auto part = [&](std::size_t index) { return value_of(term.parts[index]); };
    switch (term.operation) {
      case Operation::constant:
        return known(term.number);
      case Operation::text:
        return {true, 0, &term.text};
      case Operation::fact:
        return value_of_fact(term.fact);
      case Operation::text_of_fact:
        return {facts_[term.fact].is_known, 0, &facts_[term.fact].text};
      case Operation::lower_bound:
        return known_if(facts_[term.fact].low);
      case Operation::upper_bound:
        return known_if(facts_[term.fact].high);
      case Operation::all_of:
        return both(part(0), part(1));
      case Operation::any_of:
        return either(part(0), part(1));
      case Operation::negation:
        return negated(part(0));
      case Operation::comparison:
        return compared(part(0), term.sign, part(1));
      case Operation::text_comparison:
        return compared_text(part(0), term.sign, part(1));
      case Operation::membership:
      case Operation::text_membership:
        return membership(term);
      case Operation::within: {
        const Value value = part(0);
        return both(compared(value, Sign::at_least, part(1)), compared(value, Sign::at_most, part(2)));
      }
      case Operation::if_then:
        return if_then(part(0), part(1), part(2));
      case Operation::bounded:
        return bounded(part(0), part(1), term.sign, part(2));
      case Operation::ratio:
        return ratio(part(0), part(1), term.sign, part(2));
      case Operation::sum:
      case Operation::difference:
      case Operation::product:
        return calculated(term.operation, part(0), part(1));
      case Operation::minus:
        return calculated(Operation::difference, known(0), part(0));
    }
    return {};
  }

  bool divides_by_zero() const { return divides_by_zero_; }

 private:
  Value value_of_fact(std::size_t fact) const {
    for (const Trial& trial : trials_) {
      if (trial.fact == fact) return known(trial.number);
    }
    const facts::FactValue& value = facts_[fact];
    return value.is_known ? known(value.number) : Value();
  }

  Value membership(const Term& term) {
    const Value value = value_of(term.parts[0]);
    const bool is_text = term.operation == Operation::text_membership;
    Value found = known(0);
    for (std::size_t i = 1; i < term.parts.size(); ++i) {
      const Value option = value_of(term.parts[i]);
      found = either(found, is_text ? compared_text(value, Sign::equal, option) : compared(value, Sign::equal, option));
    }
    return found;
  }

  // When the condition cannot be told, both outcomes may still be the same.
  static Value if_then(const Value& condition, const Value& yes, const Value& no) {
    if (condition.is_known) return is_yes(condition) ? yes : no;
    return yes.is_known && no.is_known && yes.number == no.number ? yes : Value();
  }

  // All that a range may still be is compared by its two ends: the worse one holds, so all do; the better one does not,
  // so none does.
  static Value bounded(const Value& low, const Value& high, Sign sign, const Value& limit) {
    const bool is_worse_low = sign == Sign::at_least || sign == Sign::greater;
    if (is_yes(compared(is_worse_low ? low : high, sign, limit))) return known(1);
    return is_no(compared(is_worse_low ? high : low, sign, limit)) ? known(0) : Value();
  }

  // a / b against a limit without dividing, so that nothing is rounded: a against limit · b. A negative divisor turns
  // the sign round; zero decides nothing and is told apart, because no fact is missing then.
  Value ratio(const Value& above, const Value& below, Sign sign, const Value& limit) {
    if (!below.is_known) return {};
    divides_by_zero_ = divides_by_zero_ || below.number == 0;
    if (below.number == 0) return {};
    const Value product = calculated(Operation::product, limit, below);
    if (below.number > 0) return compared(above, sign, product);
    return compared(above, sign == Sign::at_least ? Sign::at_most : Sign::at_least, product);
  }

  std::span<const facts::FactValue> facts_;
  std::span<const Trial> trials_;
  bool divides_by_zero_ = false;
};

}  // namespace

Answer evaluate(const Condition& condition, std::span<const facts::FactValue> facts, std::span<const Trial> trials) {
  Evaluation evaluation(facts, trials);
  const Value value = evaluation.value_of(condition.term);
  return {value.is_known ? Truth(value.number != 0) : Truth(), evaluation.divides_by_zero()};
}

}  // namespace kuangxun::criteria
