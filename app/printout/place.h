#pragma once

#include <iosfwd>
#include <vector>

#include "app/criteria/verdict.h"
#include "app/printout/record_facts.h"

namespace kuangxun::printout {

// A place as people open it: what is known of it, who went there, what is open, how restoration stands.
struct Place {
  inspect::Dossier dossier;
  Beside beside;
  Sources sources;
};
// bad_input when the record is no place. One look at the store, if the caller takes one.
Result<Place> read_place(history::RecordReader& reader, const Uuid& id);

// {record: as `show` has it, visits: [{id, name, state, started_at, officers, points, photos, answers, findings,
// voided}], open_findings: [a record each]}
Result<JsonValue> place_json(history::RecordReader& reader, const Place& place);
void print_place(std::ostream& out, const Place& place);

}  // namespace kuangxun::printout
