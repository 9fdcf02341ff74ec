#pragma once

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun::frames {

Bytes compress(ByteView raw);
// Into exactly `raw_bytes`, which the caller has checked against its limit; bad_input when it is any other length.
Result<Bytes> decompress(ByteView packed, std::size_t raw_bytes);

}  // namespace kuangxun::frames
