#pragma once

#include <optional>

#include "sync/server/county_store.h"
#include "sync/wire/envelope.h"

namespace kuangxun::server {

// Keeps what came of one chunk, from wherever the county's own beginning of it ends. The last missing byte proves the
// whole file by its hash: contradicting chunks are dropped together. Its own transaction.
Result<wire::AttachmentPutAnswer> keep_chunk(CountyStore& store, const wire::AttachmentPutRequest& request);
// Bytes of a file that is there whole.
Result<wire::AttachmentGetAnswer> read_chunk(CountyStore& store, const wire::AttachmentGetRequest& request);

// The beginning of a request to keep a chunk, of which the end never came.
struct PartialPut {
  wire::RequestHeader header;
  wire::AttachmentPutRequest request;  // with the bytes that came
};
// Nothing when it is the beginning of anything else, or too short to hold bytes of a chunk.
std::optional<PartialPut> parse_partial_put(ByteView beginning);

}  // namespace kuangxun::server
