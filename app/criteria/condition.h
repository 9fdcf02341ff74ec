#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/expression.h"
#include "app/criteria/fact.h"

namespace kuangxun::criteria {

// A condition that was checked against the types and units of its facts, as the SQL that SQLite evaluates. Its result
// is 1, 0, or NULL for "cannot be told". Filling in an unknown fact can turn NULL into 1 or 0 but never 1 into 0 or
// back: every construct that is let through is monotone in that sense.
struct Condition {
  enum class Part : std::uint8_t { value, low, high };
  struct Parameter {
    std::size_t fact = 0;  // index in the dictionary
    Part part = Part::value;
  };
  std::string text;  // as the office wrote it
  std::string sql;   // parameters ?1, ?2, ... are `parameters` in order
  std::vector<Parameter> parameters;
  // 1 when a divisor is zero; empty when nothing is divided. Same parameters.
  std::string zero_divisor_sql;
  std::vector<std::size_t> facts;  // as they first appear, each once
  bool is_empty() const { return sql.empty(); }
};

struct CompiledCondition {
  Condition condition;
  std::vector<ExpressionError> errors;
};

// Blank text is the empty condition.
CompiledCondition compile_condition(std::string_view text, const FactDictionary& dictionary);

}  // namespace kuangxun::criteria
