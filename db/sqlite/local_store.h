#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "db/base/clock.h"
#include "db/base/files.h"
#include "db/base/random.h"
#include "db/base/signing.h"
#include "db/frames/frame_store.h"
#include "db/history/hybrid_clock.h"
#include "db/history/record_store.h"
#include "db/sqlite/database.h"
#include "db/sqlite/dictionary.h"
#include "db/sqlite/operation_log.h"
#include "db/sqlite/projection.h"

namespace kuangxun::sqlite {

struct VerifyReport {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t unsealed_operations = 0;
  std::vector<std::string> problems;  // finished sentences; empty when everything holds
  bool ok() const { return problems.empty(); }
};

// The laptop's store: one folder with kuangxun.db (the log and its projection), device.key (0600) and a lock file.
// One process writes; others may read. All calls of one object come from one thread.
class LocalStore final : public history::RecordStore, public frames::FrameStore {
 public:
  struct World {
    Clock& clock;
    Random& random;
  };

  // Makes a new data folder with its own device id and key. bad_input when the folder holds a store already.
  static Result<std::unique_ptr<LocalStore>> create(const std::filesystem::path& folder, World world);
  // Takes the lock (busy when another process holds it), migrates, promotes what was pending when a program was killed.
  static Result<std::unique_ptr<LocalStore>> open(const std::filesystem::path& folder, World world);
  // Changes nothing and needs no lock.
  static Result<std::unique_ptr<LocalStore>> open_read_only(const std::filesystem::path& folder, World world);

  const std::filesystem::path& folder() const { return folder_; }
  const PublicKey& public_key() const { return key_->public_key(); }
  const SigningKey& signing_key() const { return *key_; }

  // Small facts beside the log: the county's address, chosen settings. Not signed, not synced.
  Result<std::optional<std::string>> setting(std::string_view name);
  Status set_setting(std::string_view name, std::string_view value);

  // Keeps the county's registers; nothing happens when they are here already.
  Status adopt_registers(const frames::Frame& pinned);

  // RecordStore
  Result<history::RecordView> read(const Uuid& id) override;
  Result<std::vector<records::Record>> list(records::KindNumber kind) override;
  Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value) override;
  Result<std::uint64_t> count_standing(records::KindNumber kind, std::string_view field_name,
                                       const records::Value& value) override;
  Result<std::vector<history::Dispute>> disputes() override;
  Result<history::SyncState> sync_state(const Uuid& record) override;
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group) override;
  Status commit(std::span<const history::Edit> edits, const Uuid& person) override;
  Status keep_pending(const history::PendingEdit& pending) override;
  Result<std::vector<history::PendingEdit>> pending() override;
  Status promote_pending() override;
  Result<history::StoreCounts> counts() override;

  // FrameStore
  history::WriterId own_writer() override { return own_writer_; }
  Status seal() override;
  Result<std::vector<Bytes>> own_frames_after(std::uint64_t after_sequence, std::size_t bytes_max) override;
  Status note_progress(const frames::ChainProgress& progress) override;
  Result<frames::ChainProgress> own_progress() override;
  Status note_device(const Uuid& device, const PublicKey& key, const std::string& name) override;
  Result<std::uint64_t> county_cursor() override;
  Result<frames::ApplyCounts> apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                           std::uint64_t cursor_after) override;

  // Proves every frame: hashes, chains, signatures, and that the operations shown are the operations signed.
  Result<VerifyReport> verify();
  enum class RebuildPath { bulk, incremental };
  // Makes every table again from the frames alone (what is unsealed is sealed first), in one transaction. Both paths
  // give equal dumps; the bulk one is for people, the incremental one is how operations arrive day by day.
  Status rebuild(RebuildPath path = RebuildPath::bulk);
  // The logical content as sorted lines: records, values, heads, disputes, parked operations, frames. Two stores with
  // equal dumps hold the same facts.
  Status dump(const std::function<void(std::string_view)>& line);
  Result<Hash> dump_hash();

 private:
  LocalStore(std::filesystem::path folder, World world, Database database, std::unique_ptr<FileLock> lock);
  static Result<std::unique_ptr<LocalStore>> open_writable(const std::filesystem::path& folder, World world,
                                                           OpenMode mode);
  Status load_identity();
  Status create_identity();
  Status refresh_projection();
  Status load();

  Status append_own(const history::Edit& edit, const Uuid& person);
  // Runs `work` in a transaction; what memory remembers is read anew when it fails.
  Status in_transaction(const std::function<Status()>& work);

  // Reading.
  Result<std::vector<records::Record>> read_rows(const records::KindDescription& kind, Statement& select);
  Result<std::optional<records::Record>> read_row(const RecordEntry& entry, const Uuid& id);
  Result<history::SyncState> state_of(const std::vector<history::OperationId>& heads);

  // Frames.
  Result<std::uint64_t> sealed_through(std::int64_t writer_index);
  Result<std::uint64_t> last_sequence(std::int64_t writer_index);
  Status insert_frame(const frames::Frame& frame, std::optional<std::uint64_t> county_sequence);
  Status apply_one(const frames::SequencedFrame& sequenced, frames::ApplyCounts& counts);
  Status quarantine(ByteView bytes, std::uint64_t county_sequence, const std::string& reason);
  Result<std::optional<PublicKey>> device_key(const Uuid& device);
  Status seal_own();
  Status for_each_frame(const std::function<Status(frames::Frame)>& visit);
  Status clear_tables();
  Status rebuild_bulk();
  Status rebuild_incrementally();
  Status verify_frames(VerifyReport& report);
  Status verify_tables(VerifyReport& report);

  std::filesystem::path folder_;
  World world_;
  std::unique_ptr<FileLock> lock_;  // none when read only
  std::unique_ptr<Database> database_;
  std::unique_ptr<Dictionary> dictionary_;
  std::unique_ptr<Projection> projection_;
  std::unique_ptr<OperationLog> log_;
  history::HybridClock hybrid_clock_;
  std::optional<SigningKey> key_;  // none when read only
  history::WriterId own_writer_;
  std::uint64_t next_sequence_ = 1;
  // SQL of a kind and a field, written once.
  using FieldSql = std::map<std::pair<records::KindNumber, std::string>, std::string>;
  FieldSql list_where_sql_;
  FieldSql count_standing_sql_;
};

}  // namespace kuangxun::sqlite
