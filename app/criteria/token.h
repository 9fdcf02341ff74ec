#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/expression_error.h"

namespace kuangxun::criteria {

struct Token {
  enum class Kind { word, number, string, symbol, end };
  Kind kind = Kind::end;
  std::string text;      // a word in lower case
  std::string original;  // as written
  std::size_t character = 1;
  bool is(std::string_view word) const { return (kind == Kind::word || kind == Kind::symbol) && text == word; }
};

// The tokens of a condition, ended by one of kind `end`; or what is wrong.
struct TokenList {
  std::vector<Token> tokens;
  std::optional<ExpressionError> error;
};
TokenList tokenize(std::string_view text);

}  // namespace kuangxun::criteria
