#pragma once

#include <cstdint>

namespace kuangxun {

// When this program was made, in milliseconds since 1970.
[[nodiscard]] std::int64_t built_ms();

}  // namespace kuangxun
