#pragma once

#include "sync/server/county_store.h"

namespace kuangxun::server {

// Keeps one chunk. The last missing one proves the whole file by its hash: contradicting chunks are dropped together.
Result<wire::PutOutcome> keep_chunk(CountyStore& store, const wire::AttachmentPutRequest& request);

}  // namespace kuangxun::server
