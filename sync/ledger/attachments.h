#pragma once

#include "sync/ports/county_store.h"
#include "sync/wire/messages.h"

namespace kuangxun::ledger {

// Keeps what came of one chunk, from wherever the county's own beginning of it ends. The last missing byte proves the
// whole file by its hash: contradicting chunks are dropped together. Its own transaction.
Result<wire::AttachmentPutAnswer> keep_chunk(ports::CountyStore& store, const wire::AttachmentPutRequest& request);
// Bytes of a file that is there whole.
Result<wire::AttachmentGetAnswer> read_chunk(ports::ChunkStore& store, const wire::AttachmentGetRequest& request);

}  // namespace kuangxun::ledger
