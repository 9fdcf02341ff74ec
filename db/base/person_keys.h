#pragma once

#include <filesystem>
#include <optional>

#include "db/base/random.h"
#include "db/base/uuid.h"
#include "db/base/wrapped_key.h"

namespace kuangxun {

// The keys of the people who use this laptop: FOLDER/ID.key, each under its person's PIN, mode 0600. wrapped_key.h says
// what a PIN is worth.
class PersonKeys {
 public:
  PersonKeys(std::filesystem::path folder, Random& random) : folder_(std::move(folder)), random_(random) {}

  // Nothing when the person has none here; corrupt when the file is damaged.
  Result<std::optional<PublicKey>> find(const Uuid& person) const;
  // A new key, durable when it returns. bad_input when the person has one: it is never replaced, what it signed would
  // lose its proof.
  Result<PublicKey> create(const Uuid& person, std::string_view pin);
  // not_found, refused (wrong PIN) or corrupt.
  Result<SigningKey> unlock(const Uuid& person, std::string_view pin) const;
  // The old or the new PIN holds after a kill, never neither.
  Status change_pin(const Uuid& person, std::string_view old_pin, std::string_view new_pin);
  // Puts a damaged key out of the way, so that a new one can be made; the file is kept beside it.
  Status retire(const Uuid& person);

  std::filesystem::path path_of(const Uuid& person) const;

 private:
  Result<Bytes> read(const Uuid& person) const;

  std::filesystem::path folder_;
  Random& random_;
};

}  // namespace kuangxun
