#include "app/printout/record_json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "db/records/kinds.h"

// Others read this JSON by its keys, so a key means one thing: a record's own field is never called like what the
// program says of every record.
namespace kuangxun::printout {
namespace {

JsonValue json_of(const records::Record& record) {
  return record_json(record, "plan", history::SyncState::stored, {"place"});
}

// What is said of every record, and what show and list say beside some of them.
const std::set<std::string> reserved = {
    "id",          "kind",   "source",      "sync_state",   "disputed",           "voided",
    "void_reason", "hidden", "picture",     "outside_plan", "children",           "notes",
    "disputes",    "seal",   "restoration", "citations",    "added_after_signing"};

}  // namespace

TEST_CASE("no kind has a field that goes by a name with another meaning") {
  for (const records::KindDescription& kind : records::all_kinds()) {
    CAPTURE(kind.name);
    for (const records::FieldDescription& field : kind.fields) {
      CAPTURE(field.name);
      // Where a record says its own source, that is the source; a name is the name.
      const bool is_the_same = (field.name == "source" && field.type == records::FieldType::text) ||
                               (field.name == "name" && kind.name_field == "name");
      CHECK((is_the_same || field.name != "name"));
      CHECK((is_the_same || field.name == "source" || !reserved.contains(std::string(field.name))));
    }
  }
}

TEST_CASE("every field of every kind has a member of its own") {
  for (const records::KindDescription& kind : records::all_kinds()) {
    CAPTURE(kind.name);
    const JsonValue json = json_of(records::Record(Uuid{}, kind));
    std::set<std::string> keys;
    for (const auto& [key, value] : json.members) {
      CAPTURE(key);
      CHECK(keys.insert(key).second);
    }
    for (const records::FieldDescription& field : kind.fields) {
      CAPTURE(field.name);
      CHECK((keys.contains(std::string(field.name)) || (field.name == "source" && keys.contains("point_source"))));
    }
    REQUIRE(json.find("sync_state") != nullptr);
    CHECK(json.find("sync_state")->text == "stored");
  }
}

}  // namespace kuangxun::printout
