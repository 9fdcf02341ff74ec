#pragma once

#include <compare>
#include <cstdint>

#include "db/base/result.h"

namespace kuangxun::geo {

// One degree in the unit of every position: 1e-9 degree, about 0.1 mm on the ground.
constexpr std::int64_t nanodegrees_per_degree = 1'000'000'000;
constexpr std::int64_t latitude_nanodegrees_max = 90 * nanodegrees_per_degree;
constexpr std::int64_t longitude_nanodegrees_max = 180 * nanodegrees_per_degree;

// A place on the CGCS2000 ellipsoid, north and east positive. Integers, so that what was measured is what is kept.
struct Position {
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  auto operator<=>(const Position&) const = default;
};

// bad_input when the latitude is beyond 90° or the longitude beyond 180°; the message says which.
Status check_position(const Position& position);

}  // namespace kuangxun::geo
