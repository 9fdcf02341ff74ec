#include "app/office/office.h"
#include "db/sqlite/laptop_store.h"

// Who signs.
namespace kuangxun::office {

Result<people::Person> Office::enrol_person(const std::string& code, const std::string& pin, const Running& running) {
  KX_TRY(store, hand_.to_write());
  KX_TRY(key, people_.begin_registration(pin));
  const auto person = world_.county.enrol_person(*store, code, key, running);
  note("person enrol", person.ok() ? Status() : person.error(), {});
  if (!person.ok()) return person.error();
  KX_CHECK(people_.finish_registration(*person));
  return person;
}

Status Office::unlock(const Uuid& person, const std::string& pin) {
  KX_TRY(key, people_.unlock(person, pin));
  return hand_.unlock(person, std::move(key));
}

}  // namespace kuangxun::office
