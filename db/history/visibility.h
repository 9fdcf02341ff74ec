#pragma once

#include <map>
#include <span>
#include <vector>

#include "db/history/operation.h"
#include "db/records/record.h"

// Which operations are not shown: those that the county hides (decisions, revocations), and those that write what only
// the county may write. A pure function of the county's records, so that every store that holds the same operations
// shows the same.
//
// What every store computes, and an oracle can check:
//   hidden(o)  := Visibility::is_hidden(o.id, o.kind)
//   known(b)   := Visibility::is_covered(b), or b is here and not parked
//   parked(o)  := o is not hidden and one of its bases is not known
//   heads(c)   := the operations of cell c that are neither hidden nor parked and that no such operation of c names as
//                 a base
// A hidden operation supersedes nothing, but those that are based on it do not wait for it.
namespace kuangxun::history {

// Operations of one writer, both ends included.
struct SequenceRange {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  auto operator<=>(const SequenceRange&) const = default;
};
using WriterRanges = std::map<WriterId, std::vector<SequenceRange>>;

// Whether only the county's own chain may write records of this kind. Numbers from 64 on that this program does not
// know belong to the county too.
bool is_county_only(records::KindNumber kind);

class Visibility {
 public:
  // Before any county is known: nothing is covered, and nobody may write what is the county's.
  Visibility() = default;
  // `county` is the device id under which the county writes; its own operations are never hidden. Of `records` its
  // enrolled devices and decisions count, as its operations make them (a dispute between them: as shown_head says);
  // voided ones and other kinds do not.
  Visibility(const Uuid& county, std::span<const records::Record> records);

  bool is_hidden(const OperationId& id, records::KindNumber kind) const {
    return is_covered(id) || (is_county_only(kind) && !is_county(id.writer));
  }
  // By a decision or a revocation, whether or not the operation is here.
  bool is_covered(const OperationId& id) const;
  bool is_county(const WriterId& writer) const { return !county_.is_nil() && writer.device == county_; }
  const Uuid& county() const { return county_; }

  // Ascending, apart from each other; no entry for a writer without one.
  const WriterRanges& ranges() const { return ranges_; }
  bool operator==(const Visibility&) const = default;

 private:
  Uuid county_;
  WriterRanges ranges_;
};

// What `one` covers and `other` does not.
WriterRanges ranges_without(const Visibility& one, const Visibility& other);

}  // namespace kuangxun::history
