#include "db/base/person_keys.h"

#include "db/base/files.h"
#include "db/base/hash.h"
#include "db/language/language.h"

namespace kuangxun {

std::filesystem::path PersonKeys::path_of(const Uuid& person) const {
  return folder_ / (person.text() + ".key");
}

Result<Bytes> PersonKeys::read(const Uuid& person) const {
  auto bytes = read_file(path_of(person), wrapped_key_bytes + 1);
  if (bytes.ok() || bytes.error().code() != ErrorCode::not_found) return bytes;
  return Error(ErrorCode::not_found, phrase("this person has no key on this laptop yet; register one first"));
}

Result<std::optional<PublicKey>> PersonKeys::find(const Uuid& person) const {
  const auto bytes = read(person);
  if (!bytes.ok() && bytes.error().code() == ErrorCode::not_found) return std::optional<PublicKey>();
  if (!bytes.ok()) return bytes.error();
  auto key = public_key_of_wrapped(*bytes);
  if (!key.ok()) return key.error().within(path_of(person).string());
  return std::optional(*key);
}

Result<PublicKey> PersonKeys::create(const Uuid& person, std::string_view pin) {
  std::error_code ignored;
  if (std::filesystem::exists(path_of(person), ignored)) {
    return Error(ErrorCode::bad_input, phrase("this person has a key on this laptop already, nothing was changed"));
  }
  const SigningKey key = SigningKey::generate(random_);
  KX_TRY(wrapped, wrap_key(key, pin, random_));
  KX_CHECK(make_folder(folder_));
  KX_CHECK(write_file_durably(path_of(person), wrapped, true));
  return key.public_key();
}

Result<SigningKey> PersonKeys::unlock(const Uuid& person, std::string_view pin) const {
  KX_TRY(wrapped, read(person));
  return unwrap_key(wrapped, pin);
}

Status PersonKeys::change_pin(const Uuid& person, std::string_view old_pin, std::string_view new_pin) {
  KX_TRY(key, unlock(person, old_pin));
  KX_TRY(wrapped, wrap_key(key, new_pin, random_));
  return write_file_durably(path_of(person), wrapped, true);
}

Status PersonKeys::retire(const Uuid& person) {
  KX_TRY(wrapped, read(person));
  const std::filesystem::path aside = path_of(person).string() + "." + sha256(wrapped).text().substr(0, 16);
  KX_CHECK(write_file_durably(aside, wrapped, true));
  std::error_code failure;
  if (!std::filesystem::remove(path_of(person), failure)) {
    return Error(ErrorCode::unavailable,
                 phrase("cannot move {0} away: {1}", {path_of(person).string(), failure.message()}));
  }
  return {};
}

}  // namespace kuangxun
