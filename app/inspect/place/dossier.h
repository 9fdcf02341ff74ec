#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/inspect/place/restoration.h"

namespace kuangxun::inspect {

// What stands under a record: every piece of evidence of a visit, or a unit's statuses.
struct Child {
  records::Record record;
  bool is_added_after_signing = false;
};

// One record with everything a person wants to see beside it.
struct RecordFacts {
  history::RecordView view;
  std::vector<records::Record> citations;  // where the registers print each value, and how
  std::vector<records::Record> notes;      // contradictions and doubts of the plan's text about it
  std::vector<history::Dispute> disputes;
  std::vector<Child> children;
};
Result<RecordFacts> record_facts(history::RecordReader& store, const Uuid& id);

struct VisitSummary {
  records::Record visit;
  std::size_t points = 0;
  std::size_t photos = 0;
  std::size_t answers = 0;
  std::size_t findings = 0;
  std::vector<std::string> officers;
};

// What an officer sees when opening a place.
struct Dossier {
  RecordFacts place;
  std::vector<VisitSummary> visits;            // the last one first; void ones at the end
  std::vector<records::Record> open_findings;  // of visits that stand, not void
  RestorationProgress restoration;
};
// bad_input when the record is no place.
Result<Dossier> read_dossier(history::RecordReader& store, const Uuid& place);

}  // namespace kuangxun::inspect
