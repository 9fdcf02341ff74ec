#include "app/criteria/condition.h"

#include <algorithm>

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

using Kind = Expression::Kind;
using Operation = Term::Operation;
using Sign = Term::Sign;

struct Fault {
  ExpressionError error;
};
[[noreturn]] void fault_at(const Expression& expression, std::string message) {
  throw Fault{ExpressionError{expression.character, std::move(message)}};
}

// Whole numbers are worked out exactly, so that sizes are proved beforehand; what a register holds beyond its fact's
// maximum is the evaluator's to mind.
constexpr double number_max = 9e18;

// A part of the condition with what it means.
struct Piece {
  Term term;
  facts::FactType type = facts::FactType::boolean;
  int scale = 0;
  bool is_literal = false;  // a written number takes the unit of what it is compared with
  facts::Unit unit;
  double bound = 0;  // the largest magnitude it can have, scaled
  const records::EnumerationDescription* enumeration = nullptr;
  bool is_string = false;
};

Term constant(std::int64_t number) {
  Term term;
  term.number = number;
  return term;
}

Term term_of(Operation operation, std::vector<Term> parts, Sign sign = Sign::equal) {
  Term term;
  term.operation = operation;
  term.sign = sign;
  term.parts = std::move(parts);
  return term;
}

// Parts that are used up where they are joined: a list in braces would copy whole trees.
template <class... Parts>
std::vector<Term> parts_of(Parts&&... parts) {
  std::vector<Term> list;
  list.reserve(sizeof...(parts));
  (list.push_back(std::forward<Parts>(parts)), ...);
  return list;
}

Term scaled(Term term, std::int64_t factor) {
  if (factor == 1) return term;
  if (term.operation != Operation::constant) {
    return term_of(Operation::product, parts_of(std::move(term), constant(factor)));
  }
  term.number *= factor;
  return term;
}

Sign sign_of(std::string_view written) {
  if (written == "=") return Sign::equal;
  if (written == "<>") return Sign::unequal;
  if (written == "<") return Sign::less;
  if (written == "<=") return Sign::at_most;
  return written == ">" ? Sign::greater : Sign::at_least;
}

std::string type_label(const Piece& piece) {
  if (piece.is_string) return say_text("text");
  switch (piece.type) {
    case facts::FactType::number:
      return say_text("a number");
    case facts::FactType::range:
      return say_text("a range");
    case facts::FactType::boolean:
      return say_text("a yes or no");
    case facts::FactType::enumeration:
      return say_text("a choice");
    case facts::FactType::day:
      return say_text("a day");
    case facts::FactType::text:
      return say_text("text");
  }
  return {};
}

class Compiler {
 public:
  explicit Compiler(const facts::FactDictionary& dictionary) : dictionary_(dictionary) {}

  Condition run(const Expression& expression) {
    condition_.term = boolean(expression).term;
    return std::move(condition_);
  }

 private:
  Piece piece(const Expression& expression) {
    switch (expression.kind) {
      case Kind::number:
        return number_literal(expression);
      case Kind::string:
        return string_literal(expression);
      case Kind::fact:
        return fact(expression);
      case Kind::call:
        return call(expression);
      case Kind::all_of:
      case Kind::any_of:
        return connected(expression);
      case Kind::negation:
        return truth(term_of(Operation::negation, parts_of(boolean(expression.parts[0]).term)));
      case Kind::comparison: {
        Piece left = piece(expression.parts[0]);  // before the right: facts are listed as they appear
        return compared(expression, std::move(left), expression.text, piece(expression.parts[1]));
      }
      case Kind::membership:
        return membership(expression);
      case Kind::within:
        return within(expression);
      case Kind::arithmetic:
        return arithmetic(expression);
      case Kind::minus: {
        Piece inner = number(expression.parts[0]);
        inner.term = term_of(Operation::minus, parts_of(std::move(inner.term)));
        return inner;
      }
    }
    return {};
  }

  static Piece truth(Term term) {
    Piece result;
    result.term = std::move(term);
    return result;
  }

  Piece boolean(const Expression& expression) {
    Piece result = piece(expression);
    if (result.type != facts::FactType::boolean || result.is_string) {
      fault_at(expression, say_with("a yes or no is needed here, this is {0}", {type_label(result)}));
    }
    return result;
  }

  Piece number(const Expression& expression) {
    Piece result = piece(expression);
    if (result.type == facts::FactType::range) {
      fault_at(expression,
               say_text("of a range only bounds may be known; compare it with at_least, at_most, above, below"));
    }
    if (result.type != facts::FactType::number || result.is_string) {
      fault_at(expression, say_with("a number is needed here, this is {0}", {type_label(result)}));
    }
    return result;
  }

  Piece number_literal(const Expression& expression) {
    const auto point = expression.text.find('.');
    Piece result;
    result.type = facts::FactType::number;
    result.scale = point == std::string::npos ? 0 : static_cast<int>(expression.text.size() - point - 1);
    const auto scaled = result.scale <= 9 ? parse_decimal(expression.text, result.scale)
                                          : Result<std::int64_t>(Error(ErrorCode::bad_input, ""));
    if (!scaled.ok()) fault_at(expression, say_text("this number is too long"));
    result.term = constant(*scaled);
    result.bound = static_cast<double>(*scaled);
    result.is_literal = true;
    return result;
  }

  static Piece string_literal(const Expression& expression) {
    Piece result;
    result.type = facts::FactType::text;
    result.is_string = true;
    result.term.operation = Operation::text;
    result.term.text = expression.text;
    return result;
  }

  Piece fact(const Expression& expression) {
    const auto* definition = dictionary_.find(expression.text);
    if (definition == nullptr) {
      fault_at(expression, say_with("there is no fact {0}; see facts.csv", {expression.text}));
    }
    if (std::ranges::find(condition_.facts, definition->index) == condition_.facts.end()) {
      condition_.facts.push_back(definition->index);
    }
    Piece result;
    result.type = definition->type;
    result.scale = definition->scale;
    result.unit = definition->unit;
    result.bound = static_cast<double>(definition->maximum);
    result.enumeration = definition->enumeration;
    const bool is_text = definition->type == facts::FactType::text;
    result.term.operation = is_text ? Operation::text_of_fact : Operation::fact;
    result.term.fact = definition->index;
    return result;
  }

  Piece connected(const Expression& expression) {
    Piece left = boolean(expression.parts[0]);
    Piece right = boolean(expression.parts[1]);
    const Operation operation = expression.kind == Kind::all_of ? Operation::all_of : Operation::any_of;
    return truth(term_of(operation, parts_of(std::move(left.term), std::move(right.term))));
  }

  // Written text becomes what the other side is.
  Piece as_type_of(const Expression& where, const Piece& text, const Piece& other) {
    if (other.type == facts::FactType::enumeration && !other.is_string) {
      const auto* option = other.enumeration->find(text.term.text);
      if (option == nullptr) {
        fault_at(where, say_with("'{0}' is not a choice of this fact", {text.term.text}));
      }
      Piece result = other;
      result.term = constant(option->number);
      return result;
    }
    if (other.type == facts::FactType::day) {
      const auto day = parse_day(text.term.text);
      if (!day.ok()) fault_at(where, day.error().message());
      Piece result = other;
      result.term = constant(*day);
      return result;
    }
    if (other.type == facts::FactType::text) return text;
    fault_at(where, say_with("text is not compared with {0}; numbers stand without quotes", {type_label(other)}));
  }

  Piece compared(const Expression& expression, Piece left, const std::string& sign, Piece right) {
    match(expression, left, sign, right);
    return truth(term_of(comparison_of(left), parts_of(std::move(left.term), std::move(right.term)), sign_of(sign)));
  }

  static Operation comparison_of(const Piece& side) {
    return side.type == facts::FactType::text ? Operation::text_comparison : Operation::comparison;
  }

  // Whether two sides can be compared at all; both are of one type, unit and scale after it.
  void match(const Expression& expression, Piece& left, const std::string& sign, Piece& right) {
    if (left.is_string && right.is_string) {
      fault_at(expression, say_text("both sides are written text"));
    }
    if (left.is_string) left = as_type_of(expression, left, right);
    if (right.is_string && right.type != left.type) right = as_type_of(expression, right, left);
    if (left.type == facts::FactType::range || right.type == facts::FactType::range) {
      fault_at(expression,
               say_text("of a range only bounds may be known; compare it with at_least, at_most, above, below"));
    }
    if (left.type != right.type || left.enumeration != right.enumeration) {
      fault_at(expression, say_with("{0} is not compared with {1}", {type_label(left), type_label(right)}));
    }
    if (left.type == facts::FactType::boolean) {
      fault_at(expression, say_text("write a yes or no by its name, or with NOT"));
    }
    const bool is_ordered = left.type == facts::FactType::number || left.type == facts::FactType::day;
    if (!is_ordered && sign != "=" && sign != "<>") {
      fault_at(expression, say_text("choices and texts are only equal or not"));
    }
    if (left.type == facts::FactType::number) align(expression, left, right);
  }

  // Same unit, same scale.
  static void align(const Expression& where, Piece& left, Piece& right) {
    require_unit(where, left, right);
    const int scale = std::max(left.scale, right.scale);
    rescale(where, left, scale);
    rescale(where, right, scale);
  }

  static void require_unit(const Expression& where, Piece& left, Piece& right) {
    if (left.is_literal && !right.is_literal) left.unit = right.unit;
    if (right.is_literal && !left.is_literal) right.unit = left.unit;
    if (left.unit == right.unit) return;
    fault_at(where, say_with("the units differ: {0} and {1}", {left.unit.text(), right.unit.text()}));
  }

  static void rescale(const Expression& where, Piece& piece, int scale) {
    if (scale <= piece.scale) return;
    const auto factor = power_of_ten(scale - piece.scale);
    piece.bound *= static_cast<double>(factor);
    piece.scale = scale;
    check_bound(where, piece.bound);
    piece.term = scaled(std::move(piece.term), factor);
  }

  static void check_bound(const Expression& where, double bound) {
    if (bound <= number_max) return;
    fault_at(where, say_text("the result may exceed the range of whole numbers"));
  }

  // The value is worked out once, however many it is compared with: conditions nest, and twice at each depth is more
  // than anybody waits for.
  Piece membership(const Expression& expression) {
    Piece value = piece(expression.parts[0]);
    std::vector<Piece> options;
    for (std::size_t i = 1; i < expression.parts.size(); ++i) {
      Piece beside = value;
      options.push_back(piece(expression.parts[i]));
      match(expression.parts[i], beside, "=", options.back());
    }
    return compared_with_all(expression, Operation::membership, std::move(value), std::move(options));
  }

  Piece within(const Expression& expression) {
    const Piece written = piece(expression.parts[0]);
    Piece value = written;
    Piece again = written;
    std::vector<Piece> bounds(2);
    bounds[0] = piece(expression.parts[1]);
    match(expression, value, ">=", bounds[0]);
    bounds[1] = piece(expression.parts[2]);
    match(expression, again, "<=", bounds[1]);
    return compared_with_all(expression, Operation::within, std::move(value), std::move(bounds));
  }

  static Piece compared_with_all(const Expression& where, Operation operation, Piece value, std::vector<Piece> others) {
    int scale = value.scale;
    for (const Piece& other : others) scale = std::max(scale, other.scale);
    const bool is_text = value.type == facts::FactType::text;
    rescale(where, value, scale);
    std::vector<Term> parts = parts_of(std::move(value.term));
    for (Piece& other : others) {
      rescale(where, other, scale);
      parts.push_back(std::move(other.term));
    }
    return truth(term_of(is_text ? Operation::text_membership : operation, std::move(parts)));
  }

  Piece arithmetic(const Expression& expression) {
    Piece left = number(expression.parts[0]);
    Piece right = number(expression.parts[1]);
    Piece result;
    result.type = facts::FactType::number;
    result.is_literal = left.is_literal && right.is_literal;
    if (expression.text == "*") {
      result.unit = left.unit.times(right.unit);
      result.scale = left.scale + right.scale;
      result.bound = left.bound * right.bound;
    } else {
      align(expression, left, right);
      result.unit = left.unit;
      result.scale = left.scale;
      result.bound = left.bound + right.bound;
    }
    check_bound(expression, result.bound);
    if (result.scale > 12) fault_at(expression, say_text("too many decimals"));
    const Operation operation = expression.text == "*"   ? Operation::product
                                : expression.text == "+" ? Operation::sum
                                                         : Operation::difference;
    result.term = term_of(operation, parts_of(std::move(left.term), std::move(right.term)));
    return result;
  }

  Piece call(const Expression& expression) {
    const auto& name = expression.text;
    const std::size_t wanted = name == "if_then" || name.starts_with("ratio_") ? 3 : 2;
    if (expression.parts.size() != wanted) {
      fault_at(expression, say_with("{0} takes {1} arguments", {name, std::to_string(wanted)}));
    }
    if (name == "if_then") return if_then(expression);
    if (name.starts_with("ratio_")) return ratio(expression);
    return bounded(expression);
  }

  // When the condition cannot be told, both outcomes may still be the same.
  Piece if_then(const Expression& expression) {
    Piece condition = boolean(expression.parts[0]);
    Piece yes = piece(expression.parts[1]);
    Piece no = piece(expression.parts[2]);
    const bool fits = yes.type == no.type && !yes.is_string && !no.is_string &&
                      (yes.type == facts::FactType::number || yes.type == facts::FactType::boolean);
    if (!fits) {
      fault_at(expression, say_text("both outcomes of if_then are numbers, or both yes or no"));
    }
    if (yes.type == facts::FactType::number) align(expression, yes, no);
    Piece result = yes;
    result.is_literal = yes.is_literal && no.is_literal;
    result.bound = std::max(yes.bound, no.bound);
    result.term =
        term_of(Operation::if_then, parts_of(std::move(condition.term), std::move(yes.term), std::move(no.term)));
    return result;
  }

  // A sum with known bounds against a limit: decided when the bound decides already.
  Piece bounded(const Expression& expression) {
    Piece range = piece(expression.parts[0]);
    if (range.type != facts::FactType::range) {
      fault_at(expression.parts[0],
               say_with("{0} is for facts of type range, this is {1}", {expression.text, type_label(range)}));
    }
    Piece low = range;
    Piece high = range;
    low.term.operation = Operation::lower_bound;
    high.term.operation = Operation::upper_bound;
    Piece limit = number(expression.parts[1]);
    Piece limit_again = limit;
    align(expression, low, limit);
    align(expression, high, limit_again);
    const auto& name = expression.text;
    const Sign sign = name == "at_least"  ? Sign::at_least
                      : name == "at_most" ? Sign::at_most
                      : name == "above"   ? Sign::greater
                                          : Sign::less;
    return truth(
        term_of(Operation::bounded, parts_of(std::move(low.term), std::move(high.term), std::move(limit.term)), sign));
  }

  // n / d >= limit without dividing; a divisor of zero decides nothing.
  Piece ratio(const Expression& expression) {
    Piece above = number(expression.parts[0]);
    Piece below = number(expression.parts[1]);
    Piece limit = number(expression.parts[2]);
    Piece product;
    product.type = facts::FactType::number;
    product.unit = limit.is_literal ? above.unit : limit.unit.times(below.unit);
    product.scale = limit.scale + below.scale;
    product.bound = limit.bound * below.bound;
    check_bound(expression, product.bound);
    const int scale_written = product.scale;
    align(expression, above, product);
    // What the product is scaled by, its first factor may be.
    limit.term = scaled(std::move(limit.term), power_of_ten(product.scale - scale_written));
    const Sign sign = expression.text == "ratio_at_least" ? Sign::at_least : Sign::at_most;
    return truth(
        term_of(Operation::ratio, parts_of(std::move(above.term), std::move(below.term), std::move(limit.term)), sign));
  }

  const facts::FactDictionary& dictionary_;
  Condition condition_;
};

}  // namespace

CompiledCondition compile_condition(std::string_view text, const facts::FactDictionary& dictionary) {
  CompiledCondition compiled;
  const std::string_view written = trim(text);
  if (written.empty()) return compiled;
  ParsedExpression parsed = parse_expression(text);
  if (!parsed.errors.empty()) {
    compiled.errors = std::move(parsed.errors);
    return compiled;
  }
  try {
    compiled.condition = Compiler(dictionary).run(parsed.expression);
    compiled.condition.text = written;
  } catch (const Fault& fault) {
    compiled.errors.push_back(fault.error);
  }
  return compiled;
}

}  // namespace kuangxun::criteria
