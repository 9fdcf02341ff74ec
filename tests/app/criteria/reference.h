#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/criteria/rule.h"
#include "app/criteria/verdict.h"
#include "app/facts/fact.h"
#include "db/base/calendar.h"
#include "db/base/decimal.h"

// A second, slow reading of conditions that shares nothing with the program but the facts: it reads the text and works
// the answer out at once with exact fractions of 10^8 in 128 bits. Kleene's three values throughout.
namespace kuangxun::tests {

__extension__ using Wide = __int128;

struct ReferenceValue {
  enum class Kind { truth, number, choice, text, unknown_text } kind = Kind::truth;
  std::optional<bool> truth;
  std::optional<Wide> number;  // times 10^8
  std::optional<Wide> low, high;
  std::optional<std::string> code;  // of a choice or text
  bool is_day = false;
};

class Reference {
 public:
  Reference(const facts::FactDictionary& dictionary, const facts::FactSet& facts)
      : dictionary_(dictionary), facts_(facts) {}

  std::optional<bool> evaluate(const std::string& text) {
    text_ = text;
    at_ = 0;
    divides_by_zero_ = false;
    return disjunction().truth;
  }

  // Whether the last one evaluated has a divisor that is known to be zero, wherever it stands.
  bool divides_by_zero() const { return divides_by_zero_; }

  static std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> names;
    std::string name;
    bool quoted = false;
    for (const char c : text + " ") {
      if (c == '\'') quoted = !quoted;
      if (!quoted && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')) {
        name += c;
      } else {
        if (!name.empty()) names.push_back(name);
        name.clear();
      }
    }
    return names;
  }

 private:
  using Value = ReferenceValue;
  static constexpr std::int64_t one = 100'000'000;

  void skip() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool take(const std::string& word) {
    skip();
    if (text_.compare(at_, word.size(), word) != 0) return false;
    const bool is_word = std::isalpha(static_cast<unsigned char>(word[0])) != 0;
    const char after = at_ + word.size() < text_.size() ? text_[at_ + word.size()] : ' ';
    if (is_word && (std::isalnum(static_cast<unsigned char>(after)) != 0 || after == '_')) return false;
    at_ += word.size();
    return true;
  }
  static Value truth(std::optional<bool> value) {
    Value result;
    result.truth = value;
    return result;
  }
  static std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
    if (a == false || b == false) return false;
    if (a == true && b == true) return true;
    return std::nullopt;
  }
  static std::optional<bool> opposite(std::optional<bool> a) { return a ? std::optional(!*a) : std::nullopt; }
  static std::optional<bool> either(std::optional<bool> a, std::optional<bool> b) {
    return opposite(both(opposite(a), opposite(b)));
  }

  Value disjunction() {
    Value left = conjunction();
    while (take("OR")) left = truth(either(left.truth, conjunction().truth));
    return left;
  }
  Value conjunction() {
    Value left = negation();
    while (take("AND")) left = truth(both(left.truth, negation().truth));
    return left;
  }
  Value negation() {
    if (take("NOT")) return truth(opposite(negation().truth));
    return comparison();
  }

  Value comparison() {
    const Value left = sum();
    for (const auto* sign : {"<=", ">=", "<>", "=", "<", ">"}) {
      if (take(sign)) return truth(compare(left, sign, sum()));
    }
    const std::size_t before = at_;
    const bool negated = take("NOT");
    std::optional<bool> result;
    if (take("IN")) {
      take("(");
      result = false;
      do {
        result = either(result, compare(left, "=", sum()));
      } while (take(","));
      take(")");
    } else if (take("BETWEEN")) {
      const Value low = sum();
      take("AND");
      result = both(compare(left, ">=", low), compare(left, "<=", sum()));
    } else {
      at_ = before;
      return left;
    }
    return truth(negated ? opposite(result) : result);
  }

  static std::optional<bool> compare(Value left, const std::string& sign, Value right) {
    if (left.is_day && right.code) right = day(*right.code);
    if (right.is_day && left.code) left = day(*left.code);
    if (left.number || right.number || left.kind == Value::Kind::number || right.kind == Value::Kind::number) {
      if (!left.number || !right.number) return std::nullopt;
      const Wide difference = *left.number - *right.number;
      if (sign == "=") return difference == 0;
      if (sign == "<>") return difference != 0;
      if (sign == "<") return difference < 0;
      if (sign == "<=") return difference <= 0;
      return sign == ">" ? difference > 0 : difference >= 0;
    }
    if (!left.code || !right.code) return std::nullopt;
    return (*left.code == *right.code) == (sign == "=");
  }
  static Value day(const std::string& text) {
    Value value;
    value.kind = Value::Kind::number;
    value.number = Wide(*parse_day(text)) * one;
    return value;
  }

  Value sum() {
    Value left = product();
    while (true) {
      const bool plus = take("+");
      if (!plus && !take("-")) return left;
      const Value right = product();
      if (left.number && right.number) {
        left.number = plus ? *left.number + *right.number : *left.number - *right.number;
      } else {
        left.number.reset();
      }
      left.kind = Value::Kind::number;
    }
  }
  Value product() {
    Value left = primary();
    while (take("*")) {
      const Value right = primary();
      if (left.number && right.number) {
        left.number = *left.number * *right.number / one;
      } else {
        left.number.reset();
      }
      left.kind = Value::Kind::number;
    }
    return left;
  }

  Value primary() {
    skip();
    if (take("(")) {
      Value inside = disjunction();
      take(")");
      return inside;
    }
    if (take("-")) {
      Value value = primary();
      if (value.number) value.number = -*value.number;
      return value;
    }
    if (text_[at_] == '\'') return quoted();
    if (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) return literal();
    std::string name;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
      name += text_[at_++];
    }
    if (take("(")) return call(name);
    return fact(name);
  }
  Value quoted() {
    Value value;
    value.kind = Value::Kind::text;
    value.code = "";
    for (++at_; text_[at_] != '\''; ++at_) *value.code += text_[at_];
    ++at_;
    return value;
  }
  Value literal() {
    std::string digits;
    while (at_ < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '.')) {
      digits += text_[at_++];
    }
    Value value;
    value.kind = Value::Kind::number;
    value.number = Wide(*parse_decimal(digits, 8));
    return value;
  }

  Value fact(const std::string& name) {
    const auto* definition = dictionary_.find(name);
    if (definition == nullptr) throw std::runtime_error("the reference does not know " + name);
    const auto& fact = facts_[definition->index];
    const Wide unit = Wide(one) / power_of_ten(definition->scale);
    Value value;
    switch (definition->type) {
      case facts::FactType::boolean:
        if (fact.is_known) value.truth = fact.number != 0;
        break;
      case facts::FactType::enumeration:
        value.kind = Value::Kind::choice;
        if (fact.is_known) value.code = std::string(definition->enumeration->find(fact.number)->code);
        break;
      case facts::FactType::text:
        value.kind = Value::Kind::text;
        if (fact.is_known) value.code = fact.text;
        break;
      case facts::FactType::range:
        if (fact.low) value.low = Wide(*fact.low) * unit;
        if (fact.high) value.high = Wide(*fact.high) * unit;
        break;
      case facts::FactType::day:
        value.is_day = true;
        [[fallthrough]];
      case facts::FactType::number:
        value.kind = Value::Kind::number;
        if (fact.is_known) value.number = Wide(fact.number) * unit;
        break;
    }
    return value;
  }

  Value call(const std::string& name) {
    std::vector<Value> arguments;
    do {
      arguments.push_back(disjunction());
    } while (take(","));
    take(")");
    if (name == "if_then") {
      if (arguments[0].truth) return *arguments[0].truth ? arguments[1] : arguments[2];
      const Value& a = arguments[1];
      const Value& b = arguments[2];
      if (a.truth && a.truth == b.truth) return a;
      if (a.number && a.number == b.number) return a;
      Value open = a;
      open.truth.reset();
      open.number.reset();
      return open;
    }
    if (name == "ratio_at_least" || name == "ratio_at_most") {
      const auto& n = arguments[0].number;
      const auto& d = arguments[1].number;
      const auto& limit = arguments[2].number;
      divides_by_zero_ = divides_by_zero_ || (d && *d == 0);
      if (!n || !d || !limit || *d == 0) return truth(std::nullopt);
      const Wide scaled = *limit * *d / one;
      const bool is_least = (name == "ratio_at_least") == (*d > 0);
      return truth(is_least ? *n >= scaled : *n <= scaled);
    }
    const auto& limit = arguments[1].number;
    if (!limit) return truth(std::nullopt);
    // Every value of the range has to agree; two ends are enough because comparing is monotone.
    const auto holds = [&](Wide value) {
      if (name == "at_least") return value >= *limit;
      if (name == "at_most") return value <= *limit;
      return name == "above" ? value > *limit : value < *limit;
    };
    const bool grows = name == "at_least" || name == "above";
    const auto& low = arguments[0].low;
    const auto& high = arguments[0].high;
    const auto& worst = grows ? low : high;
    const auto& best = grows ? high : low;
    if (worst && holds(*worst)) return truth(true);
    if (best && !holds(*best)) return truth(false);
    return truth(std::nullopt);
  }

  const facts::FactDictionary& dictionary_;
  const facts::FactSet& facts_;
  std::string text_;
  std::size_t at_ = 0;
  bool divides_by_zero_ = false;
};

// What trying every unknown choice, one inside the other, comes to.
enum class Tried { pass, fail, outside, reported, open };

inline Tried try_rule(const facts::FactDictionary& dictionary, const criteria::Rule& rule,
                      const facts::FactSet& facts) {
  Reference reference(dictionary, facts);
  bool applies_open = false;
  std::vector<std::string> names;
  const auto collect = [&](const std::string& text) {
    for (const auto& name : Reference::names_in(text)) names.push_back(name);
  };
  bool is_outside = false;
  for (const auto& part : rule.applies) {
    const auto holds = reference.evaluate(part.condition.text);
    collect(part.condition.text);
    is_outside = is_outside || holds == false;
    applies_open = applies_open || !holds;
  }
  if (is_outside) return Tried::outside;
  if (!applies_open && rule.is_progress_only()) return Tried::reported;
  collect(rule.condition.text);
  std::optional<bool> holds;
  if (!rule.condition.text.empty()) holds = reference.evaluate(rule.condition.text);
  if (!applies_open && holds) return *holds ? Tried::pass : Tried::fail;
  for (const auto& name : names) {
    const auto* definition = dictionary.find(name);
    if (definition == nullptr || definition->type != facts::FactType::enumeration) continue;
    if (facts[definition->index].is_known) continue;
    std::optional<Tried> agreed;
    for (const auto choice : facts::candidates_of(*definition, facts[definition->index])) {
      facts::FactSet tried = facts;
      tried[definition->index] = facts::FactValue::of(choice);
      const Tried outcome = try_rule(dictionary, rule, tried);
      if (outcome == Tried::open || (agreed && *agreed != outcome)) return Tried::open;
      agreed = outcome;
    }
    return agreed.value_or(Tried::open);
  }
  return Tried::open;
}

inline criteria::Outcome reference_outcome(const facts::FactDictionary& dictionary, const criteria::Rule& rule,
                                           const facts::FactSet& facts) {
  using criteria::Outcome;
  const auto is_known = [&](std::size_t fact) { return facts[fact].is_known; };
  switch (try_rule(dictionary, rule, facts)) {
    case Tried::pass:
      return Outcome::pass;
    case Tried::fail:
      return Outcome::fail;
    case Tried::outside:
      return Outcome::not_applicable;
    case Tried::reported:
      return std::ranges::all_of(rule.inputs, is_known) ? Outcome::not_applicable : Outcome::unknown;
    case Tried::open:
      return Outcome::unknown;
  }
  return Outcome::unknown;
}

}  // namespace kuangxun::tests
