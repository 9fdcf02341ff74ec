#pragma once

#include <mutex>

#include "db/writer/following_store.h"
#include "db/writer/store_writer.h"
#include "db/writer/works.h"

namespace kuangxun::writer {

// A hand on the store of a StoreWriter: it reads through a connection of its own, and writes by posting steps in its
// turn. Whoever works beside others has one: the window, a sync, an import. Calls come from one thread, but for stop()
// and progress().
//
// It differs from the store itself in one thing: seal() leaves what is being typed to whoever types it. A sync in the
// background takes no field out of anybody's hands.
class QueuedStore final : public FollowingStore {
 public:
  // When it was stopped, what it had kept until then is still shown.
  ~QueuedStore() override;
  // The writer must live longer.
  static Result<std::unique_ptr<QueuedStore>> open(StoreWriter& writer, sqlite::LocalStore::World world, Turn turn);

  // From any thread: what goes on in several steps ends after the present one, and everything after it is refused.
  void stop();
  // From any thread: frames and bytes that came from the county through this hand.
  Progress progress() const;

  // For what is entered through this hand alone.
  void unlock(const Uuid& person, SigningKey key) override;
  void lock() override;
  Uuid unlocked_person() const override;
  Status set_setting(std::string_view name, std::string_view value) override;

  // RecordStore
  Status commit(std::span<const history::Edit> edits, const Uuid& person) override;
  Status keep_pending(const history::PendingEdit& pending) override;
  Status promote_pending() override;
  Status promote_pending(const Uuid& record, records::GroupNumber group) override;

  // FrameStore
  const SigningKey& signing_key() const override { return *key_; }
  Status seal() override;
  Status note_progress(const frames::ChainProgress& progress) override;
  Status note_county(const frames::KnownCounty& county) override;
  Status note_checkpoint(const Bytes& sealed) override;
  Status note_promise(const Bytes& sealed) override;
  Status start_over(std::uint32_t incarnation) override;
  Status note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) override;
  Result<frames::ApplyCounts> apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                           const frames::CountyMark& after) override;
  Status show_pulled() override;
  Result<frames::ApplyCounts> apply_chain(const std::vector<frames::SequencedFrame>& frames) override;
  Result<frames::NextEpoch> prepare_epoch(std::uint32_t not_before) override;
  Status enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) override;

 private:
  QueuedStore(StoreWriter& writer, std::unique_ptr<sqlite::LocalStore> reader, Turn turn)
      : FollowingStore(std::move(reader)), writer_(writer), turn_(turn) {}
  Status run(StoreWriter::Step step);
  // The same for what a person enters here.
  Status run_acting(StoreWriter::Step step);
  Status run_work(std::unique_ptr<Work> work);
  Result<frames::ApplyCounts> apply(const std::vector<frames::SequencedFrame>& frames,
                                    std::optional<frames::CountyMark> after);
  Status take_key();

  StoreWriter& writer_;
  Turn turn_;
  Actor actor_;
  std::optional<SigningKey> key_;  // a copy of the store's, which belongs to the writer's thread
  mutable std::mutex mutex_;
  // Protected by mutex_.
  bool is_stopped_ = false;
  std::shared_ptr<Task> task_;
  Progress progress_;
};

}  // namespace kuangxun::writer
