#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/expression.h"
#include "app/facts/fact.h"

namespace kuangxun::criteria {

// A part of a condition with everything settled but the values: types fit, units agree, decimals are whole numbers of
// one scale. It is a truth (0 or 1), a whole number or a text, or cannot be told.
struct Term {
  enum class Operation : std::uint8_t {
    constant,         // number
    text,             // text, as written
    fact,             // the value of fact
    text_of_fact,     // likewise
    lower_bound,      // of a fact that is a range
    upper_bound,      // likewise
    all_of,           // a AND b
    any_of,           // a OR b
    negation,         // NOT a
    comparison,       // a sign b
    text_comparison,  // likewise, equal or unequal
    membership,       // parts[0] is one of parts[1], ...
    text_membership,  // likewise
    within,           // parts[0] is from parts[1] to parts[2]
    if_then,          // if parts[0] then parts[1] else parts[2]
    bounded,          // a range from parts[0] to parts[1], sign parts[2]
    ratio,            // parts[0] / parts[1], sign parts[2]
    sum,
    difference,
    product,
    minus,
  };
  enum class Sign : std::uint8_t { equal, unequal, less, at_most, greater, at_least };
  Operation operation = Operation::constant;
  Sign sign = Sign::equal;
  std::int64_t number = 0;
  std::size_t fact = 0;  // index in the dictionary
  std::string text;
  std::vector<Term> parts;
};

// A condition that was checked against the types and units of its facts, ready for evaluate(). Filling in an unknown
// fact can turn "cannot be told" into yes or no but never yes into no or back: every construct that is let through is
// monotone in that sense.
struct Condition {
  std::string text;  // as the office wrote it
  Term term;
  std::vector<std::size_t> facts;  // as they first appear, each once
  bool is_empty() const { return text.empty(); }
};

struct CompiledCondition {
  Condition condition;
  std::vector<ExpressionError> errors;
};

// Blank text is the empty condition, and so is one with errors.
CompiledCondition compile_condition(std::string_view text, const facts::FactDictionary& dictionary);

}  // namespace kuangxun::criteria
