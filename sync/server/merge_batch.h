#pragma once

#include <map>
#include <set>
#include <vector>

#include "sync/server/county_store.h"

namespace kuangxun::server {

// Merges operations into the county's heads and typed tables inside the caller's transaction: reads the heads of the
// records once, merges in memory, writes what changed once. An operation whose base has not come is parked and merged
// when it comes, in whatever frame.
class MergeBatch {
 public:
  MergeBatch(CountyStore& store, const CountyIdentity& identity, std::int64_t now_ms)
      : store_(store), identity_(identity), now_ms_(now_ms) {}

  // Those of one frame, in order.
  Status merge(const std::vector<history::Operation>& operations, std::uint64_t county_sequence, const Hash& frame);
  // Writes heads and rows. Call once, last.
  Status finish();
  // Whose operations were parked or merged; their applied_through may have moved.
  const std::set<history::WriterId>& touched_writers() const { return touched_writers_; }

 private:
  struct RecordState {
    records::KindNumber kind = 0;
    RecordHeads heads;
    std::set<records::GroupNumber> changed;
  };

  Status load(const std::set<Uuid>& records);
  Result<std::vector<history::OperationId>> missing_bases(const history::Operation& operation);
  std::string why_not(const history::Operation& operation) const;
  void merge_one(const history::Operation& operation);
  // Parked operations that waited for what was merged since the last call.
  Status wake();
  Status quarantine(const history::Operation& operation, const std::string& reason, const Hash& frame);

  CountyStore& store_;
  const CountyIdentity& identity_;
  std::int64_t now_ms_;
  std::map<Uuid, RecordState> records_;
  std::set<history::OperationId> applied_;  // known to be applied
  std::set<history::OperationId> fresh_;    // merged since the last wake()
  std::set<history::WriterId> touched_writers_;
};

}  // namespace kuangxun::server
