#include "app/people/person_list.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/person.h"
#include "db/records/kinds.h"

namespace kuangxun::people {
namespace {

std::string names_of(const std::vector<Person>& people) {
  std::vector<std::string> names;
  for (const Person& person : people) names.push_back(person.name);
  return names.empty() ? say_text("nobody yet") : join(names, say_text(", "));
}

}  // namespace

Result<std::vector<Person>> people_of(history::RecordReader& store) {
  KX_TRY(records, store.list(records::kinds::person));
  std::vector<Person> people;
  for (const records::Record& record : records) {
    if (record.is_voided()) continue;
    Person person{record.id(),
                  record.text(records::person::name),
                  record.text(records::person::certificate_number),
                  {},
                  record.has(records::person::ended_at)};
    if (const auto* role = records::role_enumeration.find(record.integer(records::person::role)))
      person.role = role->code;
    people.push_back(std::move(person));
  }
  std::ranges::sort(people, {}, [](const Person& person) { return std::tie(person.name, person.id); });
  return people;
}

Result<Person> find_person(const std::vector<Person>& people, std::string_view text) {
  std::vector<Person> found;
  for (const Person& person : people) {
    if (person.id.text() == text) return person;
    if (person.name == text || (!text.empty() && person.certificate_number == text)) found.push_back(person);
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    return Error(ErrorCode::bad_input, phrase("{0} people are called \"{1}\"; give the id or the "
                                              "certificate number",
                                              {std::to_string(found.size()), first_code_points(text, 40)}));
  }
  return Error(ErrorCode::not_found,
               phrase("nobody \"{0}\" is registered; known: {1}", {first_code_points(text, 40), names_of(people)}));
}

std::string name_of(const std::vector<Person>& people, const Uuid& id) {
  if (id.is_nil()) return {};
  const auto found = std::ranges::find(people, id, &Person::id);
  if (found != people.end() && !found->name.empty()) return found->name;
  // The beginning of an id is the time, which ids that were made together share.
  return say_with("person {0}", {id.text().substr(28)});
}

std::string role_label(std::string_view role) {
  const records::EnumerationOption* option = records::role_enumeration.find(role);
  return option == nullptr ? std::string() : either_text(option->chinese, option->english);
}

}  // namespace kuangxun::people
