#pragma once

#include <mutex>

#include "db/writer/store_writer.h"
#include "db/writer/works.h"

namespace kuangxun::writer {

// A hand on the store of a StoreWriter: it reads through a connection of its own, which follows what is committed, and
// writes by posting steps in its turn. Whoever works beside others has one: the window, a sync, an import. Calls come
// from one thread, but for stop() and progress().
//
// It differs from the store itself in one thing: seal() leaves what is being typed to whoever types it. A sync in the
// background takes no field out of anybody's hands.
class QueuedStore final : public sqlite::LaptopStore {
 public:
  // The writer must live longer.
  static Result<std::unique_ptr<QueuedStore>> open(StoreWriter& writer, sqlite::LocalStore::World world, Turn turn);

  // From any thread: what goes on in several steps ends after the present one, and everything after it is refused.
  void stop();
  // From any thread: frames and bytes that came from the county through this hand.
  Progress progress() const;

  const std::filesystem::path& folder() const override;
  bool has_key() const override;
  const std::string& key_problem() const override;
  Result<SigningKey> prepared_key() override;
  Result<std::uint64_t> first_unsealed() override;
  // For what is entered through this hand alone.
  void unlock(const Uuid& person, SigningKey key) override;
  void lock() override;
  Uuid unlocked_person() const override;
  Result<std::optional<std::string>> setting(std::string_view name) override;
  Status set_setting(std::string_view name, std::string_view value) override;

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
  std::optional<PublicKey> own_key(std::uint32_t epoch) override;
  const SigningKey& signing_key() const override { return *key_; }
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
  Result<frames::NextEpoch> prepare_epoch(std::uint32_t not_before) override;
  Status enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) override;

 private:
  QueuedStore(StoreWriter& writer, std::unique_ptr<sqlite::LocalStore> reader, Turn turn)
      : writer_(writer), reader_(std::move(reader)), turn_(turn) {}
  // The reader, at what was committed last.
  Result<sqlite::LocalStore*> now();
  Status run(StoreWriter::Step step);
  // The same for what a person enters here.
  Status run_acting(StoreWriter::Step step);
  Status run_work(std::unique_ptr<Work> work);
  Result<frames::ApplyCounts> apply(const std::vector<frames::SequencedFrame>& frames,
                                    std::optional<frames::CountyMark> after);
  Status take_key();

  StoreWriter& writer_;
  std::unique_ptr<sqlite::LocalStore> reader_;
  Turn turn_;
  bool is_reading_together_ = false;
  Actor actor_;
  std::optional<SigningKey> key_;  // a copy of the store's, which belongs to the writer's thread
  mutable std::mutex mutex_;
  // Protected by mutex_.
  bool is_stopped_ = false;
  std::shared_ptr<Task> task_;
  Progress progress_;
};

}  // namespace kuangxun::writer
