#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/evaluator.h"
#include "app/criteria/rule.h"
#include "db/base/uuid.h"

namespace kuangxun::criteria {

enum class Outcome : std::uint8_t { pass, fail, unknown, not_applicable };
std::string_view name_of(Outcome outcome);   // "not-applicable"
std::string_view label_of(Outcome outcome);  // in the language of the day

// What the machine finds (判定) about one rule at one place, as data: right in every language, however long it is kept.
// Words are made of it when it is shown, by RuleWords. Facts by the dictionary's index.
struct Judgement {
  const Rule* rule = nullptr;  // of the catalogue, which outlives it
  Outcome outcome = Outcome::unknown;
  Truth applies;                               // whether the rule applies here
  Truth holds;                                 // whether its condition does
  const Applicability* failed_part = nullptr;  // of the rule: why it does not apply
  bool is_elsewhere = false;                   // the rule is for other kinds of place
  bool is_report = false;  // of a target or a tracked matter that applies here: says how things stand
  bool uses_example_data = false;
  bool divides_by_zero = false;
  std::vector<std::size_t> tried;    // unknown choices whose every value gave this outcome
  std::vector<std::size_t> unknown;  // the facts that would have to be known
  bool operator==(const Judgement&) const = default;
};

// A fact that a verdict rests on, or a wording of the source beside it.
struct Input {
  std::string name;   // "capacity", for machines
  std::string value;  // "30", "medium|small", "unknown"
  std::string label;  // for people
  std::string shown;  // "30 万吨/年"
};

// The facts of one verdict. Shared by its copies, and by the verdicts of places that know the same.
class Inputs {
 public:
  class Iterator {
   public:
    explicit Iterator(const std::shared_ptr<const Input>* at) : at_(at) {}
    const Input& operator*() const { return **at_; }
    const Input* operator->() const { return at_->get(); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const std::shared_ptr<const Input>* at_;
  };
  void reserve(std::size_t inputs) { inputs_.reserve(inputs); }
  void add(std::shared_ptr<const Input> input) { inputs_.push_back(std::move(input)); }
  std::size_t size() const { return inputs_.size(); }
  Iterator begin() const { return Iterator(inputs_.data()); }
  Iterator end() const { return Iterator(inputs_.data() + inputs_.size()); }

 private:
  std::vector<std::shared_ptr<const Input>> inputs_;
};

// A judgement in words. Never the office's conclusion. All texts are finished, in the language of the day.
//
// Targets that the plan calls expected and tracking rules are never passed or failed: their reason begins with 进展 /
// Progress, and the outcome is not_applicable when all they report is known, unknown when something is missing.
struct Verdict {
  Uuid site;
  records::KindNumber site_kind = 0;
  std::string site_name;
  std::string rule;
  std::string catalogue;  // the id of the file that the rule stands in
  std::string title;
  RuleKind kind = RuleKind::duty;
  Outcome outcome = Outcome::unknown;
  std::string reason;
  std::vector<std::string> missing;  // each: what, and where to get it
  std::string beside_missing;        // what the reason says besides, for whoever shows both; often empty
  Inputs inputs;
  std::string document;      // the basis, for lists that name it once
  std::string section;       // the place in it
  std::string clause;        // both
  std::string legal_clause;  // empty when none is verified enough to be named
  BasisState basis_state = BasisState::in_force;
  std::string consequence;  // the source's words, when the rule fails
  Mark mark = Mark::plan;
  bool is_veto = false;
  bool uses_example_data = false;
  bool is_report = false;  // of a target or a tracked matter that applies here: says how things stand
};
// In the language of the day; a report of which nothing is missing is no "not applicable".
std::string_view label_of(const Verdict& verdict);

}  // namespace kuangxun::criteria
