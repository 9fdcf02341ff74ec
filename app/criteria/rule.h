#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/condition.h"
#include "app/facts/answer_feed.h"
#include "db/base/calendar.h"

namespace kuangxun::criteria {

enum class RuleKind : std::uint8_t { admission, duty, prohibition, exit, target, tracking };
// Whether the text is fit for an id of a catalogue, a checklist or a choice: lower-case letters, digits and hyphens.
bool is_plain_id(std::string_view text);

std::string_view name_of(RuleKind kind);   // "admission", as JSON has it
std::string_view label_of(RuleKind kind);  // in the language of the day

// Where the figures and words of a rule come from, as the `mark` column has it.
enum class Mark : std::uint8_t {
  plan,         // the plan says it, at the clause given
  verified,     // read in a copy that was found, not in the gazette
  second_hand,  // somebody reports it
  calculated,   // follows by arithmetic from what is marked otherwise
  unverified,   // 未核实
};
std::string_view name_of(Mark mark);
std::string_view label_of(Mark mark);
Result<Mark> parse_mark(std::string_view text);

using facts::Bilingual;

struct Basis {
  Bilingual document;
  Bilingual clause;
  std::optional<Day> from;  // in force from this day
  std::optional<Day> to;    // to this day
  std::string superseded_by;
  Mark mark = Mark::unverified;
  bool is_empty() const { return document.is_empty(); }
};

enum class BasisState : std::uint8_t { in_force, expired, superseded, future };
std::string_view name_of(BasisState state);   // "in-force"
std::string_view label_of(BasisState state);  // in the language of the day
BasisState state_of(const Basis& basis, Day on);

// One part of what a rule applies to. All parts must hold.
struct Applicability {
  enum class Aspect : std::uint8_t { stage, mineral, method, other };
  Aspect aspect = Aspect::other;
  Condition condition;
  std::vector<std::string> codes;  // of stage, mineral and method, for the reason
};

// A wording or figure of the source that is shown beside the facts: where texts contradict each other, all of them.
struct Stated {
  std::string name;
  Bilingual text;
};

// One row of the catalogue.
struct Rule {
  std::string id;
  std::size_t file = 0;  // of the catalogue's files
  std::size_t row = 0;   // in the CSV, from 0
  Bilingual title;
  RuleKind kind = RuleKind::duty;
  // 预期性: the plan itself calls the figure expected, so that it is reported and never failed.
  bool is_expected = false;
  bool is_enabled = true;
  Basis plan_basis;
  Basis legal_basis;
  std::vector<records::KindNumber> kinds;
  std::vector<Applicability> applies;
  std::vector<std::size_t> inputs;  // facts, in the order of the row
  Condition condition;
  std::int64_t weight = 1;
  bool is_veto = false;
  Bilingual when_passed;  // with {fact} for the value of a fact
  Bilingual when_failed;
  Bilingual when_not_applicable;
  Bilingual progress;
  std::vector<Stated> stated;
  Bilingual consequence;  // in the source's words
  Bilingual missing;      // instead of the facts' own hints
  Mark mark = Mark::plan;

  // Reported, never passed or failed.
  bool is_progress_only() const { return kind == RuleKind::tracking || (kind == RuleKind::target && is_expected); }
};

}  // namespace kuangxun::criteria
