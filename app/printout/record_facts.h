#pragma once

#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/inspect/edit/evidence.h"
#include "app/inspect/edit/hidden.h"
#include "app/inspect/photo/photo_standing.h"
#include "app/inspect/place/dossier.h"
#include "app/people/names.h"
#include "app/printout/record_json.h"

// One record with everything beside it, for people and for scripts: what `show` prints at a laptop and `look` at the
// county.
namespace kuangxun::printout {

// What lists and records show beside the records themselves.
struct Beside {
  std::map<Uuid, std::set<std::string>> disputed;
  inspect::HiddenChanges hidden;
  inspect::PhotoStandings photos;  // filled in by who knows and shows them
  people::Names names;
  std::set<Uuid> outside_plan;  // of the records shown
};

// All of it but the photos and what lies outside the plan.
Result<Beside> read_beside(history::RecordReader& reader);
Status add_outside_plan(Beside& beside, history::RecordReader& reader, const std::vector<records::Record>& records);
// "void disputed …": what a line about the record ends with.
std::string marks_of(const Beside& beside, const records::Record& record);

// A record as lists have it: record_json, then `hidden`, and where they apply `picture` and `outside_plan`.
JsonValue record_json_beside(const Beside& beside, const Sources& sources, const records::Record& record,
                             history::SyncState state);
// The same with `seal` of a visit, citations, notes, disputes, children and the restoration of a place.
Result<JsonValue> facts_json(history::RecordReader& reader, const Beside& beside, const Sources& sources,
                             const inspect::RecordFacts& facts);

void print_facts(std::ostream& out, const Beside& beside, const inspect::RecordFacts& facts);
void print_hidden(std::ostream& out, const people::Names& names, const inspect::HiddenChange& change);
void print_dispute(std::ostream& out, const people::Names& names, const history::Dispute& dispute);
void print_seal(std::ostream& out, const inspect::Seal& seal, const people::Names& names);
void print_restoration(std::ostream& out, const inspect::RestorationProgress& progress);

}  // namespace kuangxun::printout
