#pragma once

#include "db/writer/following_store.h"
#include "sync/local/channel.h"
#include "sync/local/requests.h"

namespace kuangxun::local {

// The store of a folder that another program on this machine holds: reads through a connection of its own, as everybody
// does, and writes by asking that program. Calls come from one thread.
class RemoteStore final : public writer::FollowingStore {
 public:
  // Nothing when no program takes guests there.
  static Result<std::unique_ptr<RemoteStore>> open(const std::filesystem::path& folder,
                                                   sqlite::LocalStore::World world);

  // As LocalStore::rebuild().
  Status rebuild();

  bool has_key() const override { return key_.has_value(); }
  void unlock(const Uuid& person, SigningKey key) override;
  void lock() override;
  Uuid unlocked_person() const override { return person_; }
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
  RemoteStore(std::unique_ptr<sqlite::LocalStore> reader, std::unique_ptr<Channel> channel)
      : FollowingStore(std::move(reader)), channel_(std::move(channel)) {}
  Result<Answer> ask(const Request& request);
  Status tell(const Request& request);
  Status take_key();

  std::unique_ptr<Channel> channel_;
  std::optional<SigningKey> key_;  // the laptop's
  Uuid person_;
  // What was unlocked but could not be told; the next write says it.
  Status told_;
};

}  // namespace kuangxun::local
