#include "app/people/laptop_people.h"

#include <algorithm>

#include "app/people/pin_tries.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::people {
namespace {

constexpr std::uint64_t card_bytes_max = 4096;
constexpr std::uint64_t current_bytes_max = 100;

// 111111, 123456, fedcba.
bool is_simple(std::string_view pin) {
  for (const int step : {0, 1, -1}) {
    bool is_run = true;
    for (std::size_t i = 1; i < pin.size(); ++i) is_run = is_run && pin[i] - pin[i - 1] == step;
    if (is_run) return true;
  }
  return false;
}

Error wrong_pin(int wrong) {
  const std::int64_t wait_s = PinTries::wait_ms(wrong) / 1000;
  if (wait_s == 0) {
    return Error(ErrorCode::refused, phrase("the PIN is wrong ({0} so far)", {std::to_string(wrong)}));
  }
  return Error(ErrorCode::refused, phrase("the PIN is wrong ({0} so far); the next try is in {1} s",
                                          {std::to_string(wrong), std::to_string(wait_s)}));
}

}  // namespace

Status check_new_pin(std::string_view pin) {
  if (pin.size() < limits::pin_bytes_min || pin.size() > limits::pin_bytes_max) {
    return Error(ErrorCode::bad_input,
                 phrase("a PIN has {0} to {1} characters",
                        {std::to_string(limits::pin_bytes_min), std::to_string(limits::pin_bytes_max)}));
  }
  if (!is_simple(pin)) return {};
  return Error(ErrorCode::bad_input, phrase("the PIN is too simple (all the same, or a run); choose another"));
}

std::vector<Uuid> LaptopPeople::with_key() const {
  std::vector<Uuid> ids;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, failure)) {
    if (entry.path().extension() != ".key") continue;
    const auto id = parse_uuid(entry.path().stem().string());
    if (id.ok()) ids.push_back(*id);
  }
  return ids;
}

bool LaptopPeople::has_key(const Uuid& person) const {
  if (person.is_nil()) return false;
  const auto key = keys_.find(person);
  // A damaged key is one: unlocking it says so.
  return !key.ok() || key->has_value();
}

// "name\ncertificate number\nrole\n".
Person LaptopPeople::read_card(const Uuid& person) const {
  Person card{person, {}, {}, {}, false, true};
  const auto text = read_text_file(card_path(person), card_bytes_max);
  if (!text.ok()) return card;
  const auto lines = split(*text, '\n');
  if (!lines.empty()) card.name = lines[0];
  if (lines.size() > 1) card.certificate_number = lines[1];
  if (lines.size() > 2) card.role = lines[2];
  return card;
}

Result<std::vector<Person>> LaptopPeople::list(history::RecordReader& store) const {
  KX_TRY(people, people_of(store));
  for (const Uuid& id : with_key()) {
    const auto known = std::ranges::find(people, id, &Person::id);
    if (known != people.end()) {
      known->has_key_here = true;
    } else {
      people.push_back(read_card(id));
    }
  }
  std::ranges::stable_sort(people, std::greater<>(), &Person::has_key_here);
  return people;
}

Result<SigningKey> LaptopPeople::unlock(const Uuid& person, std::string_view pin) {
  PinTries tries(folder_ / (person.text() + ".tries"), clock_);
  KX_CHECK(tries.may_try());
  KX_TRY(known, keys_.find(person));
  if (!known.has_value()) return keys_.unlock(person, pin);  // says that there is none
  KX_CHECK(tries.begin());
  auto key = keys_.unlock(person, pin);
  if (key.ok()) {
    KX_CHECK(tries.forget());
    return key;
  }
  if (key.error().code() == ErrorCode::refused) return wrong_pin(tries.wrong());
  // Only a wrong PIN counts: not the memory that was not there, nor a damaged file.
  KX_CHECK(tries.take_back());
  return key;
}

Status LaptopPeople::change_pin(const Uuid& person, std::string_view old_pin, std::string_view new_pin) {
  KX_CHECK(check_new_pin(new_pin));
  KX_TRY(key, unlock(person, old_pin));
  return keys_.change_pin(person, old_pin, new_pin);
}

Result<SigningKey> LaptopPeople::begin_registration(std::string_view pin) {
  KX_CHECK(check_new_pin(pin));
  KX_CHECK(make_folder(folder_));
  const auto begun = read_file(registration_path(), wrapped_key_bytes + 1);
  if (begun.ok()) {
    auto key = unwrap_key(*begun, pin);
    if (key.ok()) return key;
  }
  SigningKey key = SigningKey::generate(random_);
  KX_TRY(wrapped, wrap_key(key, pin, random_));
  KX_CHECK(write_file_durably(registration_path(), wrapped, true));
  return key;
}

Status LaptopPeople::finish_registration(const Person& told) {
  const std::string card = told.name + "\n" + told.certificate_number + "\n" + told.role + "\n";
  KX_CHECK(write_file_durably(card_path(told.id), as_bytes(card), true));
  // Registered here once more, because the PIN was forgotten: the county knows both keys.
  if (has_key(told.id)) KX_CHECK(keys_.retire(told.id));
  KX_TRY(wrapped, read_file(registration_path(), wrapped_key_bytes + 1));
  KX_CHECK(write_file_durably(keys_.path_of(told.id), wrapped, true));
  KX_CHECK(PinTries(folder_ / (told.id.text() + ".tries"), clock_).forget());
  std::error_code failure;
  std::filesystem::remove(registration_path(), failure);
  return {};
}

Uuid LaptopPeople::current() const {
  const auto text = read_text_file(folder_ / "current", current_bytes_max);
  if (!text.ok()) return {};
  const auto id = parse_uuid(trim(*text));
  return id.ok() ? *id : Uuid{};
}

Status LaptopPeople::set_current(const Uuid& person) {
  KX_CHECK(make_folder(folder_));
  return write_file_durably(folder_ / "current", as_bytes(person.is_nil() ? std::string() : person.text() + "\n"),
                            true);
}

}  // namespace kuangxun::people
