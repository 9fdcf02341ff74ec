#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "app/geo/position.h"

namespace kuangxun::geo {

// Two sides of a ring, each by the index of the point where it starts; first < second.
struct Crossing {
  std::size_t first = 0;
  std::size_t second = 0;
};

// The first pair of sides that cross, touch or overlap where a simple ring may not, or nothing. Side i runs from point
// i to point i + 1 (the last to the first). `ring` has no equal neighbours. Exact: integers, sides taken as straight in
// latitude and longitude, which for sides of a few kilometres is the geodesic to within millimetres; a ring may span
// the 180° meridian but not a pole.
std::optional<Crossing> find_crossing(std::span<const Position> ring);

}  // namespace kuangxun::geo
