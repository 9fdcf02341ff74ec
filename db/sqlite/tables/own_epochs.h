#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "db/base/random.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/sqlite/connection/database.h"

namespace kuangxun::sqlite {

// On disk.
enum class EpochState : std::int64_t { prepared = 0, current = 1, left = 2 };

struct OwnEpoch {
  std::uint32_t epoch = 0;
  PublicKey key;
  EpochState state = EpochState::current;
  std::uint64_t stored_through = 0;   // at the county
  std::uint64_t applied_through = 0;  // there
};

// Who this laptop is: its device id, its epochs (the table own_epoch), and beside the database one key file for each,
// mode 0600: device-EPOCH.key, the 32 bytes of the seed. Changes of the table happen inside the caller's transaction;
// load() again after a rollback.
class OwnEpochs {
 public:
  OwnEpochs(Database& database, std::filesystem::path folder) : database_(database), folder_(std::move(folder)) {}
  // A new identity. The key file is durable before the table names it.
  Status create(const Uuid& device, Random& random);
  Status load();
  bool exists() const { return !epochs_.empty(); }

  const Uuid& device() const { return device_; }
  const OwnEpoch& current() const;
  history::WriterId writer() const { return {device_, current().epoch}; }
  // Every epoch that was ever written in, by number.
  const std::vector<OwnEpoch>& all() const { return epochs_; }
  // Null when it is none of ours.
  const OwnEpoch* find(const history::WriterId& writer) const;
  const OwnEpoch* prepared() const;

  // not_found when the file is gone, corrupt when it holds another key than the table says.
  Result<SigningKey> read_key(const OwnEpoch& epoch) const;
  std::filesystem::path key_path(std::uint32_t epoch) const;

  // Makes a key file and the row; a file that no row names was never told to anybody and is replaced.
  Status prepare(std::uint32_t epoch, Random& random);
  // The prepared one becomes the current one.
  Status enter(std::uint32_t epoch);
  Status set_progress(std::uint32_t epoch, std::uint64_t stored_through, std::uint64_t applied_through);
  Status forget_progress();

 private:
  Database& database_;
  std::filesystem::path folder_;
  Uuid device_;
  std::vector<OwnEpoch> epochs_;
};

}  // namespace kuangxun::sqlite
