#pragma once

#include "app/criteria/catalogue.h"
#include "app/criteria/verdict.h"
#include "db/history/record_store.h"

namespace kuangxun::criteria {

// One fact that a rule reads, and what is known of it at the place.
struct ExplainedInput {
  std::string name;   // "capacity", for machines
  std::string label;  // for people
  std::string type;   // "number"
  std::string unit;
  std::string value;   // for machines; empty without a place
  std::string shown;   // for people
  std::string source;  // what the value was taken from, or why it is not known
  std::string hint;    // where people get it
  bool is_known = false;
  bool is_disputed = false;
  bool is_example = false;
};

// An unknown fact, and what the verdict would be if it alone were known.
struct Decider {
  std::string name;
  std::string label;
  std::string hint;
  struct Outcome {
    std::string value;  // for machines
    std::string shown;
    criteria::Outcome outcome = criteria::Outcome::unknown;
  };
  std::vector<Outcome> outcomes;
  // Whether at least one of these values decides.
  bool decides = false;
};

// A rule as somebody must be able to defend it. All texts are finished, in the language of the day.
struct Explanation {
  const Rule* rule = nullptr;
  const CatalogueFile* file = nullptr;
  std::string document;
  std::string clause;
  BasisState basis_state = BasisState::in_force;
  // Empty when there is none.
  std::string legal_document;
  std::string legal_clause;
  BasisState legal_state = BasisState::in_force;
  std::vector<std::string> kinds;    // of place
  std::vector<std::string> applies;  // each in words; all must hold
  std::string condition;             // in words; empty for what is only reported
  std::vector<ExplainedInput> inputs;
  std::vector<Stated> stated;
  std::string consequence;
  std::vector<const Rule*> other_versions;
  // With a place.
  std::optional<Verdict> verdict;
  std::vector<Decider> deciders;
};

struct ExplainOptions {
  std::string rule;
  std::optional<Uuid> site;
  Day on = 0;
};

// The version of the rule for the day. not_found when there is no such rule. Points into the catalogue.
Result<Explanation> explain(history::RecordReader& store, const Catalogue& catalogue, const ExplainOptions& options);

// The same as lines for people, a heading before each part; for the terminal and the window alike.
struct ExplanationLine {
  std::string heading;  // empty: belongs to the heading above
  std::string text;
};
std::vector<ExplanationLine> lines_of(const Explanation& explanation);

}  // namespace kuangxun::criteria
