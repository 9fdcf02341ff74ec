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
#include "db/sqlite/county_facts.h"
#include "db/sqlite/database.h"
#include "db/sqlite/dictionary.h"
#include "db/sqlite/frame_log.h"
#include "db/sqlite/operation_log.h"
#include "db/sqlite/own_epochs.h"
#include "db/sqlite/projection.h"
#include "db/sqlite/verify_report.h"

namespace kuangxun::sqlite {

// The laptop's store: one folder with kuangxun.db (the log and its projection), a key file for each epoch (0600) and a
// lock file. One process writes; others may read. All calls of one object come from one thread.
class LocalStore final : public history::RecordStore, public frames::FrameStore {
 public:
  struct World {
    Clock& clock;
    Random& random;
  };

  // Makes a new data folder with its own device id and key. bad_input when the folder holds a store already.
  static Result<std::unique_ptr<LocalStore>> create(const std::filesystem::path& folder, World world);
  // Takes the lock (busy when another process holds it), migrates, promotes what was pending when a program was killed.
  // Opens without the laptop's key file too: see has_key().
  static Result<std::unique_ptr<LocalStore>> open(const std::filesystem::path& folder, World world);
  // Changes nothing and needs no lock; but after a kill in a laptop's first pull it lets a writer show what came.
  static Result<std::unique_ptr<LocalStore>> open_read_only(const std::filesystem::path& folder, World world);

  const std::filesystem::path& folder() const { return folder_; }
  // False when the key file of the current epoch is gone or is not its key. Everything but sealing goes on: records are
  // read and entered, and travel once the laptop has a new key (prepare_epoch, enter_epoch).
  bool has_key() const;
  // Why, as a finished sentence; empty when there is one.
  const std::string& key_problem() const { return key_problem_; }
  // Of the current epoch.
  const PublicKey& public_key() const { return epochs_->current().key; }
  // Only when has_key() and open for writing.
  const SigningKey& signing_key() const override { return *key_; }

  // The person whose key is at hand: what deserves it is signed with it from now on. A change that needs a person's
  // signature is refused without, and waits as pending while it is being typed.
  void unlock(const Uuid& person, SigningKey key);
  void lock() { signer_.reset(); }
  // The nil id when locked.
  Uuid unlocked_person() const { return signer_.has_value() ? signer_->person : Uuid{}; }

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
  Status read_together(const std::function<Status()>& reading) override;
  Result<std::vector<history::Dispute>> disputes() override;
  Result<history::SyncState> sync_state(const Uuid& record) override;
  Result<std::vector<history::Operation>> hidden_operations(std::size_t most) override;
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group) override;
  Status commit(std::span<const history::Edit> edits, const Uuid& person) override;
  Status keep_pending(const history::PendingEdit& pending) override;
  Result<std::vector<history::PendingEdit>> pending() override;
  Status promote_pending() override;
  Status promote_pending(const Uuid& record, records::GroupNumber group) override;
  Result<history::StoreCounts> counts() override;

  // FrameStore
  history::WriterId own_writer() override { return own_writer_; }
  Status seal() override;
  Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                          std::size_t bytes_max) override;
  Result<std::vector<frames::ChainHead>> chains() override;
  Result<std::vector<frames::ChainHead>> unsent_chains() override;
  Status note_progress(const frames::ChainProgress& progress) override;
  Result<frames::ChainProgress> own_progress() override;
  Result<frames::KnownCounty> known_county() override { return county_->known(); }
  Status note_county(const frames::KnownCounty& county) override;
  Result<frames::CountyMark> county_mark() override { return county_->mark(); }
  Result<Bytes> newest_checkpoint() override { return county_->newest_checkpoint(); }
  Status note_checkpoint(const Bytes& sealed) override;
  Result<Bytes> promised_checkpoint() override { return county_->promised_checkpoint(); }
  Status note_promise(const Bytes& sealed) override;
  Status start_over(std::uint32_t incarnation) override;
  Status note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) override;
  Result<frames::ApplyCounts> apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                           const frames::CountyMark& after) override;
  Status show_pulled() override;
  Result<frames::ApplyCounts> apply_chain(const std::vector<frames::SequencedFrame>& frames) override;
  Result<std::uint64_t> hidden_own() override;
  std::optional<PublicKey> own_key(std::uint32_t epoch) override;
  Result<frames::NextEpoch> prepare_epoch(std::uint32_t not_before) override;
  Status enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) override;

  // The first operation that the old key did not sign.
  Result<std::uint64_t> first_unsealed();
  // Of the prepared epoch, to sign the request with. not_found when none is prepared.
  Result<SigningKey> prepared_key();

  // Proves every frame: hashes, chains, signatures of devices and people; that what is shown follows from what was
  // signed; and, with a reader of them, the county's receipts and checkpoints.
  Result<VerifyReport> verify(SealReader* seals = nullptr);
  enum class RebuildPath { bulk, incremental };
  // Makes every table again from the frames alone (what is unsealed is sealed first), in one transaction. Both paths
  // give equal dumps; the bulk one is for people, the incremental one is how operations arrive day by day.
  Status rebuild(RebuildPath path = RebuildPath::bulk);
  // The logical content as sorted lines: records, values, heads, disputes, parked operations, frames. Two stores with
  // equal dumps hold the same facts.
  Status dump(const std::function<void(std::string_view)>& line);
  Result<Hash> dump_hash();

 private:
  // What became of a frame that came.
  enum class Fate { kept, known, set_aside };

  LocalStore(std::filesystem::path folder, World world, Database database, std::unique_ptr<FileLock> lock);
  static Result<std::unique_ptr<LocalStore>> open_writable(const std::filesystem::path& folder, World world,
                                                           OpenMode mode);
  Status create_identity();
  Status refresh_projection();
  // What memory remembers, read anew; load_log() while the kinds' tables are not there yet.
  Status load();
  Status load_log();
  Status load_key();
  Status load_next_sequence();

  Status append_own(const history::Edit& edit, const Uuid& person);
  bool lacks_signer(const history::Edit& edit, const Uuid& person) const;
  void sign_for_person(history::Operation& operation) const;
  // Runs `work` in a transaction; what memory remembers is read anew when it fails.
  Status in_transaction(const std::function<Status()>& work);

  // Reading.
  Result<std::vector<records::Record>> read_rows(const records::KindDescription& kind, Statement& select);
  Result<std::optional<records::Record>> read_row(const RecordEntry& entry, const Uuid& id);
  Result<std::optional<RecordEntry>> find_entry(const Uuid& id);
  Result<history::SyncState> state_of(const std::vector<history::OperationId>& heads);
  Status count_own(history::StoreCounts& counts);

  // Frames.
  Result<std::uint64_t> last_sequence(std::int64_t writer_index);
  Status seal_own();
  Result<std::optional<frames::ChainHead>> head_of(std::int64_t writer_index);
  Result<std::vector<PublicKey>> keys_of(const history::WriterId& writer);

  // Intake.
  Result<frames::ApplyCounts> apply(const std::vector<frames::SequencedFrame>& frames, const frames::CountyMark* after);
  Status take(const frames::SequencedFrame& sequenced, frames::ApplyCounts& counts);
  Result<Fate> place(const frames::Frame& frame, std::uint64_t county_sequence, frames::ApplyCounts& counts);
  Result<Fate> set_aside(const frames::Frame& frame, std::uint64_t county_sequence, SetAside state,
                         const std::string& reason);
  Status displace(std::int64_t writer_index, std::uint64_t first_sequence);
  Status keep(const frames::Frame& frame, std::uint64_t county_sequence, frames::ApplyCounts& counts);
  Status retry(std::int64_t writer_index, frames::ApplyCounts& counts);
  Status retry_everybody(frames::ApplyCounts& counts);
  // Shows everything anew when decisions touched what is here; later, when everything pulled will be shown at once.
  Status settle();
  // At once.
  Status settle_now();
  Status refresh_visibility();

  // Taking in a whole county (local_bulk.cpp).
  Result<bool> begins_bulk(const std::vector<frames::SequencedFrame>& frames);
  Status set_behind(bool is_behind);
  Status load_behind();

  // Rebuilding.
  Status clear_projection();
  Status clear_tables();
  Status reproject();
  // Inside a transaction.
  Status rebuild_all(RebuildPath path);
  Status rebuild_bulk(const std::vector<history::Operation>& unsealed);
  Status rebuild_incrementally(const std::vector<history::Operation>& unsealed);
  Result<std::vector<history::Operation>> unsealed_operations();
  Status for_each_operation(const std::vector<history::Operation>& unsealed,
                            const std::function<Status(const history::Operation&)>& visit);

  // Epochs.
  Status rehome(const std::vector<history::Operation>& operations, const history::WriterId& into);
  Status promote_rows(std::vector<history::PendingEdit> rows);
  Status map_pending(const std::map<history::OperationId, history::OperationId>& mapped);

  // Proving.
  struct Proof;
  Status prove_signature(const frames::Frame& frame);
  Status verify_frames(Proof& proof);
  Status verify_operation(const history::Operation& operation, Proof& proof);
  Status verify_rows(Proof& proof);
  Status verify_heads(Proof& proof);
  Status verify_tables(Proof& proof);
  Status verify_receipts(SealReader& seals, Proof& proof);
  Status verify_checkpoints(SealReader& seals, Proof& proof);
  Status verify_world(Proof& proof);

  std::filesystem::path folder_;
  World world_;
  std::unique_ptr<FileLock> lock_;  // none when read only
  std::unique_ptr<Database> database_;
  std::unique_ptr<Dictionary> dictionary_;
  std::unique_ptr<Projection> projection_;
  std::unique_ptr<OperationLog> log_;
  std::unique_ptr<FrameLog> frames_;
  std::unique_ptr<CountyFacts> county_;
  std::unique_ptr<OwnEpochs> epochs_;
  history::HybridClock hybrid_clock_;
  std::optional<SigningKey> key_;  // none when read only, or when the file is gone
  std::string key_problem_;
  struct PersonSigner {
    Uuid person;
    SigningKey key;
  };
  std::optional<PersonSigner> signer_;
  history::WriterId own_writer_;
  std::uint64_t next_sequence_ = 1;
  bool is_stale_ = false;      // reading anew failed after a rollback; tried again before the next change
  bool has_new_keys_ = false;  // inside one apply
  bool is_reading_together_ = false;
  bool is_behind_ = false;  // what was pulled is kept, but not shown yet
  // SQL of a kind and a field, written once.
  using FieldSql = std::map<std::pair<records::KindNumber, std::string>, std::string>;
  FieldSql list_where_sql_;
  FieldSql count_standing_sql_;
};

}  // namespace kuangxun::sqlite
