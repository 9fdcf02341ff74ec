#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/history/record_store.h"

namespace kuangxun::sqlite {

// The store of one data folder, for whoever enters and for whoever exchanges with the county: the store itself, or a
// hand on it beside others (db/writer).
class LaptopStore : public history::RecordStore, public frames::FrameStore {
 public:
  virtual const std::filesystem::path& folder() const = 0;
  // False when the key file of the current epoch is gone or is not its key. Everything but sealing goes on: records are
  // read and entered, and travel once the laptop has a new key (prepare_epoch, enter_epoch).
  virtual bool has_key() const = 0;
  // Why, as a finished sentence; empty when there is one.
  virtual const std::string& key_problem() const = 0;
  // Of the prepared epoch, to sign the request with. not_found when none is prepared.
  virtual Result<SigningKey> prepared_key() = 0;
  // The first operation that the old key did not sign.
  virtual Result<std::uint64_t> first_unsealed() = 0;

  // The person whose key is at hand: what deserves it is signed with it from now on. A change that needs a person's
  // signature is refused without, and waits as pending while it is being typed.
  virtual void unlock(const Uuid& person, SigningKey key) = 0;
  virtual void lock() = 0;
  // The nil id when locked.
  virtual Uuid unlocked_person() const = 0;

  // Small facts beside the log: the county's address, chosen settings. Not signed, not synced.
  virtual Result<std::optional<std::string>> setting(std::string_view name) = 0;
  virtual Status set_setting(std::string_view name, std::string_view value) = 0;
};

}  // namespace kuangxun::sqlite
