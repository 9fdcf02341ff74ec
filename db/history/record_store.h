#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/base/result.h"
#include "db/history/dispute.h"

namespace kuangxun::history {

// Where a record stands on its way to the county.
enum class SyncState : std::uint8_t {
  on_laptop,  // nothing of its latest changes is at the county yet
  stored,     // the county has the signed bytes
  applied,    // the county's tables show it
  registers,  // nobody has changed it since it came with the program's registers, which every side holds
};

// A record with what is known about it.
struct RecordView {
  records::Record record;
  std::map<records::GroupNumber, std::vector<Head>>
      heads;                                   // groups that were ever set; existence_group if voided/restored
  std::vector<records::GroupNumber> disputed;  // existence_group: voided against an edit
  SyncState sync_state = SyncState::on_laptop;
  // What an edit of `group` must name as bases.
  std::vector<OperationId> seen(records::GroupNumber group) const;
  // What voiding must name: the heads of all groups.
  std::vector<OperationId> seen_all() const;
};

// New values for one group of one record by somebody who saw `seen`. The values replace the whole group.
struct Edit {
  Uuid record;
  records::KindNumber kind = 0;
  records::GroupNumber group = 0;
  std::vector<records::FieldValue> values;
  std::vector<OperationId> seen;
};

// The edits that enter a new record: one for each group with a value.
std::vector<Edit> edits_for_new(const records::Record& record);

// What is being typed: durable at once, outside the log, until it becomes one operation.
struct PendingEdit {
  Edit edit;
  Uuid person;
  std::int64_t since_ms = 0;  // when the first character was typed
};

struct StoreCounts {
  std::uint64_t records = 0;
  std::uint64_t operations = 0;
  std::uint64_t frames = 0;
  std::uint64_t unsealed_operations = 0;
  std::uint64_t unsynced_operations = 0;  // not yet stored at the county, sealed or not
  std::int64_t oldest_unsynced_ms = 0;    // wall time of the oldest of them; 0 when none
  std::int64_t newest_own_ms = 0;         // wall time of the newest operation of this laptop; 0 when none
  std::uint64_t disputes = 0;
  std::uint64_t parked = 0;
  std::uint64_t quarantined = 0;           // frames kept aside: not believed, or waiting
  std::int64_t oldest_quarantined_ms = 0;  // since when the oldest of them; 0 when none
  std::uint64_t waiting = 0;               // of them those that wait for a key or for the frame they continue
  std::uint64_t unreadable = 0;            // frames in their place that only a newer program can read
  std::uint64_t hidden_own = 0;            // own operations that the county hides
  std::uint64_t forks = 0;                 // frames kept as evidence, in whose place the county has others
  std::uint64_t contradictions = 0;        // times that the county contradicted what it had signed
  std::uint64_t lost_signatures = 0;  // own operations that went on in another epoch without the person's signature
  std::uint64_t pending = 0;
  std::uint64_t free_disk_bytes = 0;  // where the data lie; 0 when it cannot be told
};

// What reads a store: one data folder's records, or a whole county's. Reads see the last committed state. All calls
// come from one thread.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  // not_found when there is no such record.
  virtual Result<RecordView> read(const Uuid& id) = 0;
  // All records of a kind, voided ones marked, in the order of their ids (registers: their printed order first).
  virtual Result<std::vector<records::Record>> list(records::KindNumber kind) = 0;
  // Those whose reference, enumeration or text field has this value; fast when the field is indexed.
  virtual Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                          const records::Value& value) = 0;
  // How many of them stand. A store that can tell without reading them does.
  virtual Result<std::uint64_t> count_standing(records::KindNumber kind, std::string_view field_name,
                                               const records::Value& value);
  // The disputed groups of all records, by record id; for marking in lists and for "unknown" in verdicts.
  virtual Result<std::vector<Dispute>> disputes() = 0;
  virtual Result<SyncState> sync_state(const Uuid& record) = 0;
  // Operations here that the county hides by a decision or a revocation, by writer and sequence; at most so many. A
  // store that knows no county hides nothing.
  virtual Result<std::vector<Operation>> hidden_operations(std::size_t most);
  // Every operation on a group that is not hidden, oldest first in display order.
  virtual Result<std::vector<Operation>> history(const Uuid& record, records::GroupNumber group) = 0;

  // One look at the store for many reads: nothing that another program writes comes in between, and a store on disk
  // asks for its locks once, which is half of the time of a short read. `reading` must not write.
  virtual Status read_together(const std::function<Status()>& reading) { return reading(); }
};

// What the app needs of a store that it writes, too.
class RecordStore : public RecordReader {
 public:
  // Appends one operation for each edit and shows it in the tables, all or nothing, durable when it returns.
  virtual Status commit(std::span<const Edit> edits, const Uuid& person) = 0;

  // Typing: keeps the newest text of a group durably (replaces the pending row of the same record and group).
  virtual Status keep_pending(const PendingEdit& pending) = 0;
  virtual Result<std::vector<PendingEdit>> pending() = 0;
  // Turns every pending row into its operation.
  virtual Status promote_pending() = 0;
  // Turns one of them into its operation; nothing when there is no such row.
  virtual Status promote_pending(const Uuid& record, records::GroupNumber group) = 0;

  virtual Result<StoreCounts> counts() = 0;
};

}  // namespace kuangxun::history
