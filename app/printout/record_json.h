#pragma once

#include <map>
#include <set>
#include <string>

#include "app/inspect/edit/hidden.h"
#include "app/inspect/photo/photo_standing.h"
#include "app/json/json_value.h"
#include "app/people/names.h"
#include "db/history/record_store.h"

namespace kuangxun::printout {

using json::JsonValue;

// One value as scripts get it: numbers exact, enumerations by code, days and times in ISO 8601 (times with the offset
// they were recorded with), areas as WKT.
JsonValue value_json(const records::Record& record, const records::FieldDescription& field);

// "on-laptop", "stored", "applied", "registers".
std::string_view name_of(history::SyncState state);
// For people.
std::string_view label_of(history::SyncState state);

// Where a record comes from: the place in the plan that its citations name, "officer" for what people recorded,
// "example" for example data.
class Sources {
 public:
  // Reads all citations once, for lists.
  static Result<Sources> read(history::RecordReader& store);
  std::string of(const records::Record& record) const;

 private:
  std::map<Uuid, std::string> by_record_;
};

// {id, kind, name, ...fields, source, sync_state}: sync_state is where the record stands on its way to the county,
// source where what it says comes from; of a position, whose field of that name is a choice, that is point_source. Then
// `disputed`, the names of the groups in dispute, and when void, `voided` and `void_reason`. Lists and `show` add
// `outside_plan` where it is true.
JsonValue record_json(const records::Record& record, const std::string& source, history::SyncState state,
                      const std::set<std::string>& disputed);

// Changes of the record that the county hides: [{operation, group, code, reason, decided_at, person, person_name,
// device_name, time}].
JsonValue hidden_json(const std::vector<inspect::HiddenChange>& changes, const people::Names& names);
// {state, chunks_moved, chunks}.
JsonValue photo_json(const inspect::PhotoStanding& standing);

JsonValue dispute_json(history::RecordReader& store, const history::Dispute& dispute, const people::Names& names);

}  // namespace kuangxun::printout
