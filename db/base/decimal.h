#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "db/base/result.h"

namespace kuangxun {

// Decimals are integers scaled by 10^scale: "13.246" at scale 4 is 132460. No binary fractions in
// evidence. More digits than the scale holds is bad_input (nothing is rounded unseen), as is
// anything that is no plain number.
Result<std::int64_t> parse_decimal(std::string_view text, int scale);
// Without trailing zeros: 132460 at scale 4 is "13.246".
std::string format_decimal(std::int64_t scaled, int scale);
// With exactly `scale` digits after the point, for columns that must line up.
std::string format_decimal_padded(std::int64_t scaled, int scale);
std::int64_t power_of_ten(int exponent);

}  // namespace kuangxun
