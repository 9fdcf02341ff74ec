#pragma once

#include "sync/ledger/county.h"

namespace kuangxun::ledger {

// The county hides or shows other operations than before: the records that they touch are worked out anew, from every
// operation on them that has been applied. Inside a transaction that applies and stores, with the new registry.
// Operations that could not be read when they came are tried again.
Status reshow(County& county, const history::WriterRanges& ranges);

// Whether every frame of the range can be read by this program: before a decision about it is released.
Result<bool> can_read(ports::LogStore& store, const history::WriterId& writer, const history::SequenceRange& range);

}  // namespace kuangxun::ledger
