#pragma once

#include <optional>

#include "db/base/bytes.h"
#include "sync/wire/envelope.h"

namespace kuangxun::requests {

// The beginning of a request to keep a chunk, of which the end never came.
struct PartialPut {
  wire::RequestHeader header;
  wire::AttachmentPutRequest request;  // with the bytes that came
};
// Nothing when it is the beginning of anything else, or too short to hold bytes of a chunk.
std::optional<PartialPut> parse_partial_put(ByteView beginning);

}  // namespace kuangxun::requests
