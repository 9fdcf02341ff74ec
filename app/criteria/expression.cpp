#include "app/criteria/expression.h"

#include <algorithm>
#include <array>
#include <map>

#include "app/criteria/token.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

using Kind = Expression::Kind;

// Thrown and caught in this file only: the first fault ends the reading.
struct Fault {
  ExpressionError error;
};

[[noreturn]] void fault_at(std::size_t character, std::string message) {
  throw Fault{ExpressionError{character, std::move(message)}};
}

// Why a word of SQL is refused, and what to write instead.
std::string refusal_of(const std::string& word) {
  static const std::vector<std::string_view> deciding = {"case", "when", "then", "else", "iif", "nullif"};
  static const std::vector<std::string_view> filling = {"coalesce", "ifnull"};
  static const std::vector<std::string_view> testing = {"is", "isnull", "notnull", "null", "typeof"};
  static const std::vector<std::string_view> aggregates = {"sum", "total", "count",       "avg",
                                                           "min", "max",   "group_concat"};
  static const std::vector<std::string_view> matching = {"like",    "glob", "regexp", "match",
                                                         "collate", "cast", "exists"};
  static const std::vector<std::string_view> statements = {
      "select", "insert", "update", "delete", "replace", "drop",   "create", "alter",  "attach", "detach", "pragma",
      "vacuum", "with",   "from",   "where",  "union",   "values", "begin",  "commit", "order",  "group",  "limit"};
  const auto among = [&](const auto& words) { return std::ranges::find(words, word) != words.end(); };
  if (among(deciding)) {
    return say_text(
        "CASE and the like are refused, they take \"not known\" for \"no\"; write if_then(condition, a, b)");
  }
  if (among(filling)) {
    return say_text(
        "COALESCE and IFNULL are refused: nothing stands in for what is not known; for sums with bounds "
        "write at_least or at_most");
  }
  if (among(testing)) {
    return say_text("IS and NULL are refused: filling in a fact must not turn a pass into a fail");
  }
  if (among(aggregates)) {
    return say_text(
        "aggregates are refused; totals of the county are facts of type range, with at_least, at_most, "
        "above, below");
  }
  if (among(matching)) return say_text("this word may not stand in a condition");
  if (among(statements)) {
    return say_text("a condition is one expression, never a query or a statement that writes");
  }
  return {};
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Expression run() {
    Expression whole = any_of();
    if (peek().kind != Token::Kind::end) {
      refuse_if_reserved(peek());
      fault_at(peek().character, say_with("\"{0}\" does not belong here", {shown(peek())}));
    }
    return whole;
  }

 private:
  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  Token take() {
    Token token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  static std::string shown(const Token& token) { return token.original.empty() ? token.text : token.original; }
  bool take_if(std::string_view word) {
    if (!peek().is(word)) return false;
    take();
    return true;
  }
  void expect(std::string_view symbol) {
    if (take_if(symbol)) return;
    refuse_if_reserved(peek());
    fault_at(peek().character, say_with("\"{0}\" is missing here", {symbol}));
  }
  static void refuse_if_reserved(const Token& token) {
    if (token.kind == Token::Kind::word) {
      if (auto refusal = refusal_of(token.text); !refusal.empty()) fault_at(token.character, std::move(refusal));
    }
    if (token.is("/") || token.is("%")) {
      fault_at(token.character, say_text("division is refused (whole numbers would be cut); write "
                                         "ratio_at_least(numerator, denominator, limit) or ratio_at_most"));
    }
    if (token.is(";")) {
      fault_at(token.character, say_text("a condition is one expression without ;"));
    }
    if (token.is("||")) fault_at(token.character, say_text("texts are not joined in a condition"));
  }

  // Parts are counted as well as nested, so that no cell of a spreadsheet keeps anybody waiting.
  Expression node(Kind kind, std::size_t character, std::string text, std::vector<Expression> parts) {
    if (++parts_ > limits::condition_parts_max) {
      fault_at(character, say_text("the condition has too many parts; write it as several rules"));
    }
    return Expression{kind, std::move(text), character, std::move(parts)};
  }

  Expression any_of() {
    const Depth depth(*this);
    Expression left = all_of();
    while (peek().is("or")) {
      const auto character = take().character;
      Expression right = all_of();
      left = node(Kind::any_of, character, "or", {std::move(left), std::move(right)});
    }
    return left;
  }

  Expression all_of() {
    Expression left = negation();
    while (peek().is("and")) {
      const auto character = take().character;
      Expression right = negation();
      left = node(Kind::all_of, character, "and", {std::move(left), std::move(right)});
    }
    return left;
  }

  Expression negation() {
    if (!peek().is("not")) return comparison();
    const Depth depth(*this);
    const auto character = take().character;
    return node(Kind::negation, character, "not", {negation()});
  }

  Expression comparison() {
    Expression left = sum();
    static constexpr std::array<std::string_view, 6> operators = {"=", "<>", "<", "<=", ">", ">="};
    const Token next = peek();
    if (next.kind == Token::Kind::symbol && std::ranges::find(operators, next.text) != operators.end()) {
      take();
      return node(Kind::comparison, next.character, next.text, {std::move(left), sum()});
    }
    const bool negated = next.is("not") && (peek(1).is("in") || peek(1).is("between"));
    if (negated) take();
    if (peek().is("in")) {
      left = membership(std::move(left));
    } else if (peek().is("between")) {
      left = within(std::move(left));
    }
    return negated ? node(Kind::negation, next.character, "not", {std::move(left)}) : left;
  }

  Expression membership(Expression left) {
    const auto character = take().character;
    expect("(");
    std::vector<Expression> parts;
    parts.push_back(std::move(left));
    do {
      const Token token = peek();
      if (token.kind != Token::Kind::string && token.kind != Token::Kind::number) {
        refuse_if_reserved(token);
        fault_at(token.character, say_text("IN takes written values only"));
      }
      parts.push_back(primary());
    } while (take_if(","));
    expect(")");
    return node(Kind::membership, character, "in", std::move(parts));
  }

  Expression within(Expression left) {
    const auto character = take().character;
    Expression low = sum();
    expect("and");
    Expression high = sum();
    return node(Kind::within, character, "between", {std::move(left), std::move(low), std::move(high)});
  }

  Expression sum() {
    Expression left = product();
    while (peek().is("+") || peek().is("-")) {
      const Token token = take();
      Expression right = product();
      left = node(Kind::arithmetic, token.character, token.text, {std::move(left), std::move(right)});
    }
    return left;
  }

  Expression product() {
    Expression left = unary();
    while (peek().is("*")) {
      const Token token = take();
      Expression right = unary();
      left = node(Kind::arithmetic, token.character, token.text, {std::move(left), std::move(right)});
    }
    if (peek().is("/") || peek().is("%")) refuse_if_reserved(peek());
    return left;
  }

  Expression unary() {
    if (!peek().is("-")) return primary();
    const Depth depth(*this);
    const auto character = take().character;
    return node(Kind::minus, character, "-", {unary()});
  }

  Expression primary() {
    const Token token = take();
    if (token.kind == Token::Kind::number) return node(Kind::number, token.character, token.text, {});
    if (token.kind == Token::Kind::string) return node(Kind::string, token.character, token.text, {});
    if (token.is("(")) {
      Expression inside = any_of();
      expect(")");
      return inside;
    }
    if (token.kind == Token::Kind::end) fault_at(token.character, say_text("the condition ends too early"));
    refuse_if_reserved(token);
    static constexpr std::array<std::string_view, 5> connecting = {"and", "or", "not", "in", "between"};
    if (token.kind != Token::Kind::word || std::ranges::find(connecting, token.text) != connecting.end()) {
      fault_at(token.character, say_with("\"{0}\" does not belong here", {shown(token)}));
    }
    return peek().is("(") ? call(token) : node(Kind::fact, token.character, token.text, {});
  }

  Expression call(const Token& name) {
    const auto& functions = listed_functions();
    if (std::ranges::find(functions, name.text) == functions.end()) {
      fault_at(name.character, say_with("there is no function {0}; there are if_then, at_least, at_most, above, below, "
                                        "ratio_at_least and ratio_at_most",
                                        {name.original}));
    }
    expect("(");
    std::vector<Expression> arguments;
    do {
      arguments.push_back(any_of());
    } while (take_if(","));
    expect(")");
    return node(Kind::call, name.character, name.text, std::move(arguments));
  }

  // Nesting is bounded so that no cell of a spreadsheet can exhaust the stack.
  struct Depth {
    explicit Depth(Parser& parser) : owner(parser) {
      if (++owner.depth_ > limits::condition_depth_max) {
        fault_at(owner.peek().character, say_text("nested too deeply"));
      }
    }
    ~Depth() { --owner.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    Parser& owner;
  };

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int parts_ = 0;
};

}  // namespace

const std::vector<std::string_view>& listed_functions() {
  static const std::vector<std::string_view> functions = {"if_then", "at_least",       "at_most",      "above",
                                                          "below",   "ratio_at_least", "ratio_at_most"};
  return functions;
}

ParsedExpression parse_expression(std::string_view text) {
  if (text.size() > limits::condition_bytes_max) {
    return {{}, {{1, say_text("the condition is too long")}}};
  }
  TokenList list = tokenize(text);
  if (list.error) return {{}, {*list.error}};
  try {
    return {Parser(std::move(list.tokens)).run(), {}};
  } catch (const Fault& fault) {
    return {{}, {fault.error}};
  }
}

}  // namespace kuangxun::criteria
