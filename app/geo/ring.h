#pragma once

#include <cstdint>
#include <span>

#include "app/geo/position.h"

namespace kuangxun::geo {

// What a closed line encloses on the CGCS2000 ellipsoid; the same whichever way round it was walked.
struct RingMeasure {
  // Ten-thousandths of a hectare (scale 4), which is whole square metres.
  std::int64_t area_hectare_e4 = 0;
  std::int64_t perimeter_mm = 0;
  // Unrounded, for further calculation only; what is kept or printed is area_hectare_e4.
  double area_m2 = 0;
  // Points that counted, after consecutive duplicates (and a repeated first point at the end) were dropped.
  std::int64_t points = 0;
};

// `ring` holds the corners in order; it is closed from the last to the first whether or not the first is repeated.
// The sides are geodesics. bad_input: fewer than 3 different points, a position out of range, more than
// limits::ring_points_max points, or a ring that crosses, touches or doubles back on itself; the message names the two
// sides by the numbers of their points (from 1, as given).
Result<RingMeasure> ring_area(std::span<const Position> ring);

}  // namespace kuangxun::geo
