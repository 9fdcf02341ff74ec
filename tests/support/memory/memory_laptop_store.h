#pragma once

#include <memory>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/history/hybrid_clock.h"
#include "tests/support/memory/laptop_state.h"
#include "tests/support/memory/visible.h"
#include "tests/support/memory/write_fault.h"

namespace kuangxun::tests {

// The laptop's store in memory, both its ports, the obviously right way: operations are a set, what is shown is
// computed from the whole of it. A transaction goes back to a copy of everything when it falls, and a fault may strike
// before any single write.
class MemoryLaptopStore final : public history::RecordStore, public frames::FrameStore {
 public:
  struct World {
    Clock& clock;
    Random& random;
    FrameShelf& shelf;
    WriteFault* fault = nullptr;  // none: nothing fails
  };

  // A new laptop with its own device id and key.
  static LaptopState new_state(Clock& clock, Random& random);
  // Goes on from a state, as a program that starts; the state may come from a kill, a backup or another laptop's disk.
  MemoryLaptopStore(World world, LaptopState state);

  const LaptopState& state() const { return state_; }
  // The store is of no more use then.
  LaptopState take_state() { return std::move(state_); }
  // Of everything that is shown, in the order of the names.
  std::vector<std::pair<RecordName, history::RecordView>> views();
  Status adopt_registers(const frames::Frame& pinned);

  // As LocalStore has them: without a key everything but sealing goes on, until the laptop has enrolled with another.
  bool has_key() const { return state_.key != nullptr; }
  Result<frames::NextEpoch> adopt_new_key() { return prepare_epoch(state_.epoch); }
  Result<SigningKey> prepared_key();
  std::uint64_t first_unsealed() const { return state_.through(state_.own_writer()) + 1; }

  // RecordStore
  Result<history::RecordView> read(const Uuid& id) override;
  Result<std::vector<records::Record>> list(records::KindNumber kind) override;
  Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value) override;
  Result<std::vector<history::Dispute>> disputes() override;
  Result<history::SyncState> sync_state(const Uuid& record) override;
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group) override;
  Status commit(std::span<const history::Edit> edits, const Uuid& person) override;
  Status keep_pending(const history::PendingEdit& pending) override;
  Result<std::vector<history::PendingEdit>> pending() override;
  Status promote_pending() override;
  Status promote_pending(const Uuid& record, records::GroupNumber group) override;
  Result<history::StoreCounts> counts() override;

  // FrameStore
  history::WriterId own_writer() override { return state_.own_writer(); }
  const SigningKey& signing_key() const override { return *state_.key; }
  Status seal() override;
  Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                          std::size_t bytes_max) override;
  Result<std::vector<frames::ChainHead>> chains() override;
  Result<std::vector<frames::ChainHead>> unsent_chains() override;
  Status note_progress(const frames::ChainProgress& progress) override;
  Result<frames::ChainProgress> own_progress() override;
  Result<frames::KnownCounty> known_county() override { return state_.county; }
  Status note_county(const frames::KnownCounty& county) override;
  Result<frames::CountyMark> county_mark() override { return state_.mark; }
  Result<Bytes> newest_checkpoint() override { return state_.checkpoint; }
  Status note_checkpoint(const Bytes& sealed) override;
  Result<Bytes> promised_checkpoint() override { return state_.promise; }
  Status note_promise(const Bytes& sealed) override;
  Status start_over(std::uint32_t incarnation) override;
  Status note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) override;
  Result<frames::ApplyCounts> apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                           const frames::CountyMark& after) override;
  Result<frames::ApplyCounts> apply_chain(const std::vector<frames::SequencedFrame>& frames) override;
  Result<std::uint64_t> hidden_own() override;
  std::optional<PublicKey> own_key(std::uint32_t epoch) override;
  Result<frames::NextEpoch> prepare_epoch(std::uint32_t not_before) override;
  Status enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) override;

 private:
  class Transaction;
  // What became of a frame that came.
  enum class Taken { applied, duplicate, waiting, not_believed };

  Status write();  // asked before each single write
  Status add(OperationPointer operation);
  void take_away(const history::OperationId& id);
  Status take_frames(const std::vector<frames::SequencedFrame>& frames, frames::ApplyCounts& counts);
  Result<Taken> take(const WaitingFrame& waiting, frames::ApplyCounts& counts);
  Result<Taken> continue_chain(const frames::Frame& frame, const Hash& hash, const WaitingFrame& waiting,
                               frames::ApplyCounts& counts);
  // What stands in the way of a frame that the county has at this place.
  void displace(const history::WriterId& writer, std::uint64_t first_sequence);
  Status retry_waiting(frames::ApplyCounts& counts);
  bool is_own(const history::WriterId& writer) const;  // of any of its epochs
  std::vector<PublicKey> keys_of(const history::WriterId& writer);
  Status rehome(std::uint32_t epoch, std::shared_ptr<const SigningKey> key, std::uint64_t first_lost);

  history::RecordView view_of(const RecordName& name, const RecordCells& cells);
  std::vector<history::Head> unseen_edits(const RecordCells& cells);
  const RecordCells* find(const Uuid& id, records::KindNumber& kind) const;

  World world_;
  LaptopState state_;
  Visible visible_;
  history::HybridClock hybrid_;
};

}  // namespace kuangxun::tests
