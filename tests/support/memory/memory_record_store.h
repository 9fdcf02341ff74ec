#pragma once

#include <map>
#include <vector>

#include "db/history/hybrid_clock.h"
#include "db/history/record_store.h"

namespace kuangxun::tests {

// A RecordStore in memory, one map a thing, the merge by history::apply and nothing else: for tests of what stands on
// the port. Another person's operations come in through receive().
class MemoryRecordStore final : public history::RecordStore {
 public:
  MemoryRecordStore(Clock& clock, const Uuid& device) : hybrid_(clock), writer_{device, 1} {}

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

  // An operation as it comes from another laptop; its bases must be here.
  void receive(const history::Operation& operation);
  // Every operation, in the order in which it came.
  const std::vector<history::Operation>& operations() const { return operations_; }
  // The next commit fails with this.
  void fail_next_commit(Error error) { next_failure_ = std::move(error); }

 private:
  struct Entry {
    records::KindNumber kind = 0;
    std::map<records::GroupNumber, std::vector<history::Head>> heads;
  };
  history::RecordView view_of(const Uuid& id, const Entry& entry) const;
  std::vector<history::Head> unseen_edits(const Uuid& id, const Entry& entry) const;

  history::HybridClock hybrid_;
  history::WriterId writer_;
  std::uint64_t sequence_ = 0;
  std::map<Uuid, Entry> entries_;
  std::map<std::pair<Uuid, records::GroupNumber>, history::PendingEdit> pending_;
  std::vector<history::Operation> operations_;
  std::optional<Error> next_failure_;
};

}  // namespace kuangxun::tests
