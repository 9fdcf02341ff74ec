#pragma once

#include <map>
#include <vector>

#include "sync/ledger/county.h"

namespace kuangxun::ledger {

// How one record changes: what is shown of it before and after.
struct RecordChange {
  ports::RecordKey record;
  bool was_shown = false;  // had heads in any group
  // The heads of the groups that may have changed.
  std::map<records::GroupNumber, std::vector<history::OperationId>> before;
  // The heads of all groups; groups without any may be absent. Borrowed.
  const tables::RecordHeads* after = nullptr;
};

// Writes heads and the tables people read: only what differs, all records together.
Status display(County& county, std::span<const RecordChange> changes);

}  // namespace kuangxun::ledger
