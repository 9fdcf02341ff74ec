#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sync/ledger/county.h"
#include "sync/rights/operation_check.h"

namespace kuangxun::ledger {

// Operations of one writer, both ends included, that must not be shown, and why. The county decides so in its own
// chain.
struct ObjectionRun {
  history::WriterId writer;
  history::SequenceRange range;
  rights::Objection objection;
};

// Merges operations into the county's heads and typed tables inside a transaction that applies: reads the heads of the
// records once, merges in memory, writes what changed once. An operation whose base has not come is parked and merged
// when it comes, in whatever frame. What is hidden supersedes nothing and keeps nobody waiting (see
// db/history/visibility.h).
class MergeBatch {
 public:
  explicit MergeBatch(County& county) : county_(county) {}

  // Once, first: everything that will be merged.
  Status load(std::span<const std::vector<history::Operation>> frames);
  // Those of one frame, in order. The frames of a writer come in their order.
  Status merge(const std::vector<history::Operation>& operations);
  // A frame that cannot be read: it is objected to, and nothing behind it waits for it.
  Status pass_over(const history::WriterId& writer, const history::SequenceRange& range, std::string reason);
  // Writes heads, rows and the chains' progress. Once, last.
  Status finish();
  // What was found wrong and is not decided yet, ascending. Not shown from here on.
  const std::vector<ObjectionRun>& objections() const { return objections_; }
  // What was hidden and released before it came, as after a restore: others may stand on it already, or wait for less
  // than they should, so its records are to be worked out anew once this batch is finished.
  const history::WriterRanges& released() const { return released_; }

 private:
  struct RecordState {
    bool was_shown = false;
    tables::RecordHeads heads;
    std::map<records::GroupNumber, std::vector<history::OperationId>> before;  // of groups that changed
  };

  Status load_records(const std::set<ports::RecordKey>& records);
  Status learn(const std::set<history::OperationId>& bases);
  bool is_known(const history::OperationId& base) const;
  std::vector<history::OperationId> missing_bases(const history::Operation& operation) const;
  bool is_hidden(const history::Operation& operation);
  void object(const history::WriterId& writer, const history::SequenceRange& range, rights::Objection objection);
  void show(const history::Operation& operation);
  void note_fresh(const history::OperationId& id, std::uint64_t last);
  // Parked operations that waited for what was merged since the last call.
  Status wake();
  Status move_progress();

  County& county_;
  bool has_parked_ = false;
  std::map<ports::RecordKey, RecordState> records_;
  std::map<history::WriterId, std::uint64_t> merged_through_;
  std::set<history::OperationId> parked_;  // of the bases that were asked about, those that are parked
  history::WriterRanges fresh_;            // merged since the last wake(); kept only when somebody may wait
  std::vector<ports::ParkedOperation> newly_parked_;
  std::set<history::WriterId> touched_writers_;
  std::vector<ObjectionRun> objections_;
  history::WriterRanges released_;
};

// Whole operations out of their frames; those that are not there are left out.
Result<std::map<history::OperationId, history::Operation>> load_operations(ports::LogStore& store,
                                                                           const std::set<history::OperationId>& ids);

}  // namespace kuangxun::ledger
