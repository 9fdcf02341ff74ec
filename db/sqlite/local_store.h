#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/signing.h"
#include "db/sqlite/laptop_store.h"
#include "db/sqlite/rebuild_path.h"
#include "db/sqlite/verify_report.h"

namespace kuangxun::sqlite {

// The laptop's store: one folder with kuangxun.db (the log and its projection), pending.db (what is being typed), a key
// file for each epoch (0600) and a lock file. One process writes; others may read. All calls of one object come from
// one thread, but for keep_pending(). It is the front of what README.md beside this file names part by part: it makes
// the parts, and shows what was pulled before anybody reads or enters.
class LocalStore final : public LaptopStore {
 public:
  struct World {
    Clock& clock;
    Random& random;
  };

  ~LocalStore() override;

  // Makes a new data folder with its own device id and key. bad_input when the folder holds a store already.
  static Result<std::unique_ptr<LocalStore>> create(const std::filesystem::path& folder, World world);
  // Takes the lock (busy when another process holds it), migrates, promotes what was pending when a program was killed.
  // Opens without the laptop's key file too: see has_key().
  static Result<std::unique_ptr<LocalStore>> open(const std::filesystem::path& folder, World world);
  // Changes nothing and needs no lock; but after a kill in a laptop's first pull it lets a writer show what came.
  static Result<std::unique_ptr<LocalStore>> open_read_only(const std::filesystem::path& folder, World world);

  const std::filesystem::path& folder() const override;
  bool has_key() const override;
  const std::string& key_problem() const override;
  // Of the current epoch.
  const PublicKey& public_key() const;
  // Only when has_key() and open for writing.
  const SigningKey& signing_key() const override;
  void unlock(const Uuid& person, SigningKey key) override;
  void lock() override;
  Uuid unlocked_person() const override;
  Result<std::optional<std::string>> setting(std::string_view name) override;
  Status set_setting(std::string_view name, std::string_view value) override;

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
  history::WriterId own_writer() override;
  Status seal() override;
  Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                          std::size_t bytes_max) override;
  Result<std::vector<frames::ChainHead>> chains() override;
  Result<std::vector<frames::ChainHead>> unsent_chains() override;
  Status note_progress(const frames::ChainProgress& progress) override;
  Result<frames::ChainProgress> own_progress() override;
  Result<frames::KnownCounty> known_county() override;
  Status note_county(const frames::KnownCounty& county) override;
  Result<frames::CountyMark> county_mark() override;
  Result<Bytes> newest_checkpoint() override;
  Status note_checkpoint(const Bytes& sealed) override;
  Result<Bytes> promised_checkpoint() override;
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

  Result<std::uint64_t> first_unsealed() override;
  Result<SigningKey> prepared_key() override;

  // The same in short steps, each a transaction of its own, so that nobody waits for a whole exchange. What a kill in
  // between leaves is whole.
  // One frame at most, and nothing of what is being typed. Whether there is more to seal.
  Result<bool> seal_next();
  // A page of so many operations comes in parts: begin_page() once, then apply_part() in their order, the last one with
  // the new place, if it moves.
  Status begin_page(std::uint64_t operations);
  Result<frames::ApplyCounts> apply_part(const std::vector<frames::SequencedFrame>& frames,
                                         const frames::CountyMark* after = nullptr);
  // What came by a decision or a first pull and is kept, but not shown yet; and a step of showing it, in tables beside
  // those that are shown, which it swaps at the end. Whether there is more.
  bool is_shown_behind() const;
  Result<bool> show_some();
  // A step of making the rows of operations again from the frames behind the place `done`, 0 to begin with, which it
  // moves; what is unsealed is left as it is. Whether there is more. At the end everything is to be shown anew:
  // is_shown_behind().
  Result<bool> renew_some(std::int64_t& done);

  // For a reader: looks whether another connection wrote, and reads anew what memory remembers. True when one did.
  Result<bool> follow();

  // busy when others write all the while. Proves every frame: hashes, chains, signatures of devices and people; that
  // what is shown follows from what was signed; and, with a reader of them, the county's receipts and checkpoints.
  Result<VerifyReport> verify(SealReader* seals = nullptr);
  using RebuildPath = sqlite::RebuildPath;
  // Makes every table again from the frames alone (what is unsealed is sealed first), in one transaction. Both paths
  // give equal dumps; the bulk one is for people, the incremental one is how operations arrive day by day.
  Status rebuild(RebuildPath path = RebuildPath::bulk);
  // The logical content as sorted lines: records, values, heads, disputes, parked operations, frames. Two stores with
  // equal dumps hold the same facts.
  Status dump(const std::function<void(std::string_view)>& line);
  Result<Hash> dump_hash();

 private:
  struct Machinery;

  explicit LocalStore(std::unique_ptr<Machinery> machinery);
  static Result<std::unique_ptr<LocalStore>> open_writable(const std::filesystem::path& folder, World world,
                                                           bool is_new);
  Status create_identity();
  Status promote(const std::function<bool(const history::PendingEdit&)>& wanted);

  std::unique_ptr<Machinery> machinery_;
};

}  // namespace kuangxun::sqlite
