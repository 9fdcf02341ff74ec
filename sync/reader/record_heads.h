#pragma once

#include <vector>

#include "db/history/record_store.h"
#include "db/history/shown_record.h"
#include "sync/ports/county_store.h"

// What follows from the operations that stand of one record: the same on every laptop and at the county.
namespace kuangxun::reader {

// Each group's operations ascend by id.
using tables::RecordHeads;

history::HeadsByGroup heads_of(const RecordHeads& operations);
// Heads of other groups that no standing void of the record saw; empty unless somebody voided it.
std::vector<history::Head> edits_unseen_by_voids(const RecordHeads& operations);
// Ascending by group.
std::vector<history::Dispute> disputes_in(const ports::RecordKey& record, const RecordHeads& operations);
// What is at the county is applied; `registers` when nobody changed it since it came with them.
history::SyncState sync_state_of(const RecordHeads& operations);

}  // namespace kuangxun::reader
