#pragma once

#include <optional>

#include "app/geo/position.h"

namespace kuangxun::geo {

// The CGCS2000 ellipsoid: semi-major axis in metres and flattening.
constexpr double cgcs2000_semi_major_axis_m = 6378137.0;
constexpr double cgcs2000_flattening = 1.0 / 298.257222101;

// The geodesic (shortest line on the ellipsoid) from one position to another.
struct Leg {
  double distance_m = 0;
  // At the start, clockwise from north, 0 <= azimuth < 360; absent when the two positions are the same.
  std::optional<double> azimuth_deg;
};

// bad_input when either position is out of range. Good to about 15 nanometres (Karney 2013).
Result<Leg> measure_leg(const Position& from, const Position& to);
Result<double> distance_m(const Position& from, const Position& to);

}  // namespace kuangxun::geo
