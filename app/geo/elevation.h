#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kuangxun::geo {

// 1985 height = ellipsoidal height + offset, as the county set it or a benchmark beside gave it. 1 sigma.
struct HeightOffset {
  std::int64_t offset_mm = 0;
  std::int64_t uncertainty_mm = 0;
};

// The elevations (标高, 1985 datum) that a licence allows; either end may be missing.
struct ElevationRange {
  std::optional<std::int64_t> bottom_mm;
  std::optional<std::int64_t> top_mm;
};

// What a receiver said of a height.
struct MeasuredHeight {
  std::optional<std::int64_t> ellipsoidal_mm;
  std::optional<std::int64_t> accuracy_mm;  // 1 sigma; dilutions of the horizontal say nothing of it
};

enum class ElevationStanding { within, above, below, cannot_tell };

struct ElevationVerdict {
  ElevationStanding standing = ElevationStanding::cannot_tell;
  // Present whenever an offset and a height are, also where no verdict can be given.
  std::optional<std::int64_t> height_1985_mm;
  std::optional<std::int64_t> uncertainty_mm;  // 95 %: 1.96 sigma, of receiver and offset together
  std::string reason;                          // for people, always
};

// Never bolder than the two uncertainties: within, above or below only where 95 % of what the height may be lies there.
// Without an offset, a height or its accuracy it cannot be told. `range` has at least one end.
ElevationVerdict compare_elevation(const MeasuredHeight& height, const std::optional<HeightOffset>& offset,
                                   const ElevationRange& range);

}  // namespace kuangxun::geo
