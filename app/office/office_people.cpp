#include "app/office/office.h"
#include "db/sqlite/laptop_store.h"

// Who signs.
namespace kuangxun::office {

Result<people::Person> Office::enrol_person(const std::string& code, const std::string& pin, const Running& running) {
  KX_TRY(store, writable_store());
  KX_TRY(key, people_.begin_registration(pin));
  const auto person = world_.county.enrol_person(*store, code, key, running);
  note("person enrol", person.ok() ? Status() : person.error(), {});
  if (!person.ok()) return person.error();
  KX_CHECK(people_.finish_registration(*person));
  return person;
}

Status Office::unlock(const Uuid& person, const std::string& pin) {
  KX_TRY(key, people_.unlock(person, pin));
  return unlock(person, std::move(key));
}

Status Office::unlock(const Uuid& person, SigningKey key) {
  KX_TRY(store, writable_store());
  KX_TRY(copy, SigningKey::from_seed(key.seed()));
  store->unlock(person, std::move(copy));
  signer_ = person;
  key_ = std::make_shared<const SigningKey>(std::move(key));
  return {};
}

void Office::lock() {
  key_.reset();
  signer_ = {};
  if (hand_ != nullptr) hand_->lock();
}

}  // namespace kuangxun::office
