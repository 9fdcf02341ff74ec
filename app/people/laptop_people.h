#pragma once

#include "app/people/person_list.h"
#include "db/base/clock.h"

namespace kuangxun::people {

// The people who use this laptop. In FOLDER lie, for each, a key under their PIN (ID.key), what the county said of them
// when they registered (ID.card) and the count of wrong PINs (ID.tries); in `current` who acts unless somebody else is
// named. Mode 0600. A PIN is never written down nor shown.
class LaptopPeople {
 public:
  LaptopPeople(std::filesystem::path folder, Clock& clock, Random& random)
      : folder_(std::move(folder)), clock_(clock), random_(random), keys_(folder_, random) {}

  // Those whose key lies here and those of the county's records.
  Result<std::vector<Person>> list(history::RecordReader& store) const;
  bool has_key(const Uuid& person) const;

  // refused when the PIN is wrong (counted), busy while there is something to wait for, not_found without a key here.
  // Takes some 0.1 s and 64 MiB.
  Result<SigningKey> unlock(const Uuid& person, std::string_view pin);
  Status change_pin(const Uuid& person, std::string_view old_pin, std::string_view new_pin);

  // A key for somebody whom the county is about to be told of: durable before it is asked, so that no answer finds it
  // lost. A second begin with the same PIN gives the same key again. bad_input for a PIN that is too simple.
  Result<SigningKey> begin_registration(std::string_view pin);
  // The county took it: from now on it is this person's.
  Status finish_registration(const Person& told);

  // Who acts unless somebody else is named; nil for nobody.
  Uuid current() const;
  Status set_current(const Uuid& person);

 private:
  std::filesystem::path registration_path() const { return folder_ / "registering.key"; }
  std::filesystem::path card_path(const Uuid& person) const { return folder_ / (person.text() + ".card"); }
  Person read_card(const Uuid& person) const;
  std::vector<Uuid> with_key() const;

  std::filesystem::path folder_;
  Clock& clock_;
  Random& random_;
  PersonKeys keys_;
};

// Long enough, and not one that everybody tries first.
Status check_new_pin(std::string_view pin);

}  // namespace kuangxun::people
