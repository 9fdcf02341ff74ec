#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/result.h"

namespace kuangxun {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

ByteView as_bytes(std::string_view text);
std::string_view as_text(ByteView bytes);

// Lower-case hexadecimal, both ways; an odd length or a stranger's character is bad_input.
std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);

}  // namespace kuangxun
