#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/rule.h"
#include "db/base/uuid.h"

namespace kuangxun::criteria {

enum class Outcome : std::uint8_t { pass, fail, unknown, not_applicable };
std::string_view name_of(Outcome outcome);   // "not-applicable"
std::string_view label_of(Outcome outcome);  // in the language of the day

// A fact that a verdict rests on, or a wording of the source beside it.
struct Input {
  std::string name;   // "capacity", for machines
  std::string value;  // "30", "medium|small", "unknown"
  std::string label;  // for people
  std::string shown;  // "30 万吨/年"
};

// What the machine finds (判定) about one rule at one place. Never the office's conclusion. All texts are finished, in
// the language of the day.
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
  std::vector<Input> inputs;
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
