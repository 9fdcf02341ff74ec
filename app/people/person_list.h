#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/base/person_keys.h"
#include "db/history/record_store.h"

namespace kuangxun::people {

// Somebody whom the county enrolled, as this laptop knows them.
struct Person {
  Uuid id;
  std::string name;
  std::string certificate_number;
  std::string role;  // "officer", "reviewer", "administrator"; empty when it is not known here yet
  bool has_ended = false;
  bool has_key_here = false;
};

// Those of the county's records, by name.
Result<std::vector<Person>> people_of(history::RecordReader& store);

// The one named by an id, a certificate number, or a name that only one has; not_found says who there is.
Result<Person> find_person(const std::vector<Person>& people, std::string_view text);

// Their name; of somebody who is not among them the end of the id, nothing for the nil id.
std::string name_of(const std::vector<Person>& people, const Uuid& id);

// "officer" as people read it.
std::string role_label(std::string_view role);

}  // namespace kuangxun::people
