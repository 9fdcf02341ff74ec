#pragma once

#include <cstddef>
#include <string>

#include "db/base/bytes.h"

namespace kuangxun {

// Crockford's base 32, which has no I, L, O and U: the first `characters` x 5 bits, most significant first. There must
// be that many.
std::string to_base32(ByteView bytes, std::size_t characters);

}  // namespace kuangxun
