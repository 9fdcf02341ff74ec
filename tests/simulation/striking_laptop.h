#pragma once

#include "db/frames/frame_store.h"
#include "db/history/record_store.h"
#include "tests/simulation/strike.h"

namespace kuangxun::simulation {

// Passes every call on; before one that writes the strike is asked, when there is one. So a fault falls between the
// calls of any store, real or not.
class StrikingLaptop final : public history::RecordStore, public frames::FrameStore {
 public:
  StrikingLaptop(history::RecordStore& records, frames::FrameStore& frames, Strike* strike)
      : records_(records), frames_(frames), strike_(strike) {}

  Result<history::RecordView> read(const Uuid& id) override { return records_.read(id); }
  Result<std::vector<records::Record>> list(records::KindNumber kind) override { return records_.list(kind); }
  Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value) override {
    return records_.list_where(kind, field_name, value);
  }
  Result<std::vector<history::Dispute>> disputes() override { return records_.disputes(); }
  Result<history::SyncState> sync_state(const Uuid& record) override { return records_.sync_state(record); }
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group) override {
    return records_.history(record, group);
  }
  Status commit(std::span<const history::Edit> edits, const Uuid& person) override {
    KX_CHECK(write());
    return records_.commit(edits, person);
  }
  Status keep_pending(const history::PendingEdit& pending) override {
    KX_CHECK(write());
    return records_.keep_pending(pending);
  }
  Result<std::vector<history::PendingEdit>> pending() override { return records_.pending(); }
  Status promote_pending() override {
    KX_CHECK(write());
    return records_.promote_pending();
  }
  Status promote_pending(const Uuid& record, records::GroupNumber group) override {
    KX_CHECK(write());
    return records_.promote_pending(record, group);
  }
  Result<history::StoreCounts> counts() override { return records_.counts(); }

  history::WriterId own_writer() override { return frames_.own_writer(); }
  const SigningKey& signing_key() const override { return frames_.signing_key(); }
  Status seal() override {
    KX_CHECK(write());
    return frames_.seal();
  }
  Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                          std::size_t bytes_max) override {
    return frames_.frames_after(writer, after_sequence, bytes_max);
  }
  Result<std::vector<frames::ChainHead>> chains() override { return frames_.chains(); }
  Result<std::vector<frames::ChainHead>> unsent_chains() override { return frames_.unsent_chains(); }
  Status note_progress(const frames::ChainProgress& progress) override {
    KX_CHECK(write());
    return frames_.note_progress(progress);
  }
  Result<frames::ChainProgress> own_progress() override { return frames_.own_progress(); }
  Result<frames::KnownCounty> known_county() override { return frames_.known_county(); }
  Status note_county(const frames::KnownCounty& county) override {
    KX_CHECK(write());
    return frames_.note_county(county);
  }
  Result<frames::CountyMark> county_mark() override { return frames_.county_mark(); }
  Result<Bytes> newest_checkpoint() override { return frames_.newest_checkpoint(); }
  Status note_checkpoint(const Bytes& sealed) override {
    KX_CHECK(write());
    return frames_.note_checkpoint(sealed);
  }
  Result<Bytes> promised_checkpoint() override { return frames_.promised_checkpoint(); }
  Status note_promise(const Bytes& sealed) override {
    KX_CHECK(write());
    return frames_.note_promise(sealed);
  }
  Status start_over(std::uint32_t incarnation) override {
    KX_CHECK(write());
    return frames_.start_over(incarnation);
  }
  Status note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) override {
    KX_CHECK(write());
    return frames_.note_contradiction(sealed_checkpoint, own_root);
  }
  Result<frames::ApplyCounts> apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                           const frames::CountyMark& after) override {
    KX_CHECK(write());
    return frames_.apply_pulled(frames, after);
  }
  Result<frames::ApplyCounts> apply_chain(const std::vector<frames::SequencedFrame>& frames) override {
    KX_CHECK(write());
    return frames_.apply_chain(frames);
  }
  Result<std::uint64_t> hidden_own() override { return frames_.hidden_own(); }
  std::optional<PublicKey> own_key(std::uint32_t epoch) override { return frames_.own_key(epoch); }
  Result<frames::NextEpoch> prepare_epoch(std::uint32_t not_before) override {
    KX_CHECK(write());
    return frames_.prepare_epoch(not_before);
  }
  Status enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) override {
    KX_CHECK(write());
    return frames_.enter_epoch(next, first_lost);
  }

 private:
  Status write() { return strike_ == nullptr ? Status() : strike_->before_write(); }

  history::RecordStore& records_;
  frames::FrameStore& frames_;
  Strike* strike_;
};

}  // namespace kuangxun::simulation
