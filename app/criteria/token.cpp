#include "app/criteria/token.h"

#include <array>

#include "app/criteria/damaged_cell.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  TokenList run() {
    TokenList list;
    while (true) {
      skip_space();
      Token token;
      token.character = character_;
      if (at_ >= text_.size()) {
        list.tokens.push_back(std::move(token));
        return list;
      }
      const bool taken = is_word_start(peek()) ? take_word(token)
                         : is_digit(peek())    ? take_number(token)
                         : peek() == '\''      ? take_string(token)
                                               : take_symbol(token);
      if (!taken) {
        list.error = std::move(error_);
        return list;
      }
      list.tokens.push_back(std::move(token));
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  // Characters are code points: continuation bytes do not count.
  void advance() {
    ++at_;
    if (at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) ++character_;
  }
  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') advance();
  }
  bool fail(std::string message) {
    error_ = ExpressionError{character_, std::move(message)};
    return false;
  }

  bool take_word(Token& token) {
    token.kind = Token::Kind::word;
    while (is_word_start(peek()) || is_digit(peek())) {
      token.original += peek();
      advance();
    }
    token.text = lower_ascii(token.original);
    return true;
  }

  bool take_number(Token& token) {
    token.kind = Token::Kind::number;
    bool has_point = false;
    while (is_digit(peek()) || (peek() == '.' && !has_point && is_digit(peek(1)))) {
      has_point = has_point || peek() == '.';
      token.text += peek();
      advance();
    }
    if (is_word_start(peek()) || peek() == '.') {
      return fail(say_text("write numbers like 12 or 1.5, without letters or exponent"));
    }
    return true;
  }

  bool take_string(Token& token) {
    token.kind = Token::Kind::string;
    const std::size_t start = character_;
    advance();
    while (at_ < text_.size()) {
      if (peek() == '\'' && peek(1) != '\'') {
        advance();
        return true;
      }
      if (peek() == '\'') advance();
      token.text += peek();
      advance();
    }
    error_ = ExpressionError{start, say_text("a quote begins here and never ends")};
    return false;
  }

  bool take_symbol(Token& token) {
    token.kind = Token::Kind::symbol;
    static constexpr std::array<std::string_view, 16> symbols = {"<=", ">=", "<>", "!=", "==", "--", "/*", "||",
                                                                 "=",  "<",  ">",  "+",  "-",  "*",  "/",  "("};
    static constexpr std::string_view single = "(),;%";
    std::string_view found;
    for (const auto symbol : symbols) {
      if (text_.substr(at_).starts_with(symbol)) {
        found = symbol;
        break;
      }
    }
    if (found.empty() && single.find(peek()) != std::string_view::npos) found = text_.substr(at_, 1);
    if (found.empty()) {
      const std::string wide = wide_character_message(code_points(text_.substr(at_)).front());
      return fail(wide.empty() ? say_text("this character may not stand in a condition") : wide);
    }
    if (found == "--" || found == "/*") return fail(say_text("a condition holds no comments"));
    token.text = found == "==" ? "=" : found == "!=" ? "<>" : std::string(found);
    token.original = found;
    for (std::size_t i = 0; i < found.size(); ++i) advance();
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t character_ = 1;
  ExpressionError error_;
};

}  // namespace

TokenList tokenize(std::string_view text) {
  return Tokenizer(text).run();
}

}  // namespace kuangxun::criteria
