#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/expression_error.h"
#include "db/base/result.h"

namespace kuangxun::criteria {

// The part of SQL that a condition may use, as a tree. What could turn "not known" into a yes or no (CASE, COALESCE,
// IFNULL, IS, aggregates), what divides or rounds, and whatever is no expression is refused by the parser.
struct Expression {
  enum class Kind {
    number,      // text: digits with an optional point
    string,      // text: without its quotes
    fact,        // text: the name
    call,        // text: the function; parts: arguments
    all_of,      // a AND b
    any_of,      // a OR b
    negation,    // NOT a
    comparison,  // text: = <> < <= > >=
    membership,  // parts[0] IN (parts[1], ...)
    within,      // parts[0] BETWEEN parts[1] AND parts[2]
    arithmetic,  // text: + - *
    minus,       // - a
  };
  Kind kind = Kind::number;
  std::string text;
  std::size_t character = 1;
  std::vector<Expression> parts;
};

// One or the other.
struct ParsedExpression {
  Expression expression;
  std::vector<ExpressionError> errors;
};
ParsedExpression parse_expression(std::string_view text);

// "if_then", "at_least", ...: the functions that stand in for what is refused.
const std::vector<std::string_view>& listed_functions();

}  // namespace kuangxun::criteria
