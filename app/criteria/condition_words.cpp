#include "app/criteria/condition_words.h"

#include <algorithm>
#include <set>

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

using Kind = Expression::Kind;

class Speaker {
 public:
  explicit Speaker(const facts::FactDictionary& facts) : facts_(facts) {}

  std::string say_all(const Expression& expression) const { return words(expression, nullptr); }

 private:
  const facts::FactDefinition* fact_in(const Expression& expression) const {
    if (expression.kind == Kind::fact) return facts_.find(expression.text);
    for (const Expression& part : expression.parts) {
      if (const auto* fact = fact_in(part)) return fact;
    }
    return nullptr;
  }

  static std::string unit_of(const facts::FactDefinition& fact) {
    return either_text(fact.unit_chinese, fact.unit_english);
  }

  // `beside`: the fact that a written value is compared with.
  std::string words(const Expression& expression, const facts::FactDefinition* beside) const {
    const auto part = [&](std::size_t index) { return words(expression.parts[index], beside); };
    switch (expression.kind) {
      case Kind::number:
        return beside == nullptr || unit_of(*beside).empty() ? expression.text
                                                             : expression.text + " " + unit_of(*beside);
      case Kind::string:
        return option(expression.text, beside);
      case Kind::fact: {
        const auto* fact = facts_.find(expression.text);
        return fact == nullptr ? expression.text : std::string(fact->label());
      }
      case Kind::call:
        return call(expression);
      case Kind::all_of:
      case Kind::any_of:
        return connected(expression);
      case Kind::negation:
        return say_with("not \"{0}\"", {part(0)});
      case Kind::comparison:
        return compared(expression.parts[0], expression.text, expression.parts[1]);
      case Kind::membership:
        return membership(expression);
      case Kind::within: {
        const auto* fact = fact_in(expression.parts[0]);
        return say_with("{0} is from {1} to {2}",
                        {part(0), words(expression.parts[1], fact), words(expression.parts[2], fact)});
      }
      case Kind::arithmetic: {
        const std::string sign = expression.text == "*" ? "×" : expression.text == "-" ? "−" : "+";
        return bracketed(expression.parts[0]) + " " + sign + " " + bracketed(expression.parts[1]);
      }
      case Kind::minus:
        return "−" + part(0);
    }
    return {};
  }

  static std::string option(const std::string& code, const facts::FactDefinition* beside) {
    if (beside == nullptr || beside->enumeration == nullptr) return code;
    const auto* found = beside->enumeration->find(code);
    return found == nullptr ? code : std::string(either(found->chinese, found->english));
  }

  std::string bracketed(const Expression& expression) const {
    const bool is_sum = expression.kind == Kind::arithmetic && expression.text != "*";
    const std::string text = words(expression, nullptr);
    return is_sum ? "(" + text + ")" : text;
  }

  std::string connected(const Expression& expression) const {
    const bool is_all = expression.kind == Kind::all_of;
    const auto part = [&](const Expression& one) {
      const bool is_other = one.kind != expression.kind && (one.kind == Kind::all_of || one.kind == Kind::any_of);
      const std::string text = words(one, nullptr);
      return is_other ? say_text("(") + text + say_text(")") : text;
    };
    const std::string between = is_all ? say_text(", and ") : say_text(", or ");
    return part(expression.parts[0]) + between + part(expression.parts[1]);
  }

  std::string compared(const Expression& left, const std::string& sign, const Expression& right) const {
    const auto* of_left = fact_in(left);
    const auto* of_right = fact_in(right);
    const auto* choice = of_left != nullptr ? of_left : of_right;
    const bool is_choice =
        choice != nullptr && (choice->type == facts::FactType::enumeration || choice->type == facts::FactType::text);
    std::string word = sign;
    if (sign == ">=") word = "≥";
    if (sign == "<=") word = "≤";
    if (sign == "<>") word = is_choice ? say_text("is not") : "≠";
    if (sign == "=") word = is_choice ? say_text("is") : "=";
    return words(left, of_right) + " " + word + " " + words(right, of_left);
  }

  std::string membership(const Expression& expression) const {
    const auto* fact = fact_in(expression.parts[0]);
    std::vector<std::string> options;
    for (std::size_t i = 1; i < expression.parts.size(); ++i) options.push_back(words(expression.parts[i], fact));
    return words(expression.parts[0], nullptr) + say_text(" is ") + join(options, say(" or "));
  }

  std::string call(const Expression& expression) const {
    const auto& name = expression.text;
    if (name == "if_then") {
      return say_with("if {0}, then {1}, else {2}",
                      {words(expression.parts[0], nullptr), words(expression.parts[1], nullptr),
                       words(expression.parts[2], nullptr)});
    }
    if (name.starts_with("ratio_")) {
      return bracketed(expression.parts[0]) + " ÷ " + bracketed(expression.parts[1]) +
             (name == "ratio_at_least" ? " ≥ " : " ≤ ") + words(expression.parts[2], nullptr);
    }
    const std::string sign = name == "at_least" ? ">=" : name == "at_most" ? "<=" : name == "above" ? ">" : "<";
    return compared(expression.parts[0], sign, expression.parts[1]);
  }

  const facts::FactDictionary& facts_;
};

// Every written number beside the fact, wherever in the same comparison.
void collect_limits(const Expression& expression, const facts::FactDefinition& fact, std::set<std::int64_t>& found) {
  const auto holds_fact = [&](const Expression& part) {
    const auto look = [&](const auto& self, const Expression& one) -> bool {
      return (one.kind == Kind::fact && one.text == fact.name) ||
             std::ranges::any_of(one.parts, [&](const Expression& inner) { return self(self, inner); });
    };
    return look(look, part);
  };
  const bool compares = expression.kind == Kind::comparison || expression.kind == Kind::within ||
                        expression.kind == Kind::membership || expression.kind == Kind::call;
  if (compares && holds_fact(expression)) {
    for (const Expression& part : expression.parts) {
      if (part.kind == Kind::number) {
        const auto scaled = parse_decimal(part.text, fact.scale);
        if (scaled.ok()) found.insert(*scaled);
      }
      if (part.kind == Kind::string && fact.type == facts::FactType::day) {
        const auto day = parse_day(part.text);
        if (day.ok()) found.insert(*day);
      }
    }
  }
  for (const Expression& part : expression.parts) collect_limits(part, fact, found);
}

}  // namespace

std::string condition_in_words(const Condition& condition, const facts::FactDictionary& facts) {
  if (condition.is_empty()) return {};
  const ParsedExpression parsed = parse_expression(condition.text);
  return parsed.errors.empty() ? Speaker(facts).say_all(parsed.expression) : condition.text;
}

std::vector<std::int64_t> limits_of(const Condition& condition, const facts::FactDefinition& fact) {
  std::set<std::int64_t> found;
  const ParsedExpression parsed = parse_expression(condition.text);
  if (!condition.is_empty() && parsed.errors.empty()) collect_limits(parsed.expression, fact, found);
  return {found.begin(), found.end()};
}

}  // namespace kuangxun::criteria
