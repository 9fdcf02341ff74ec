#pragma once

#include <cstdint>
#include <vector>

#include "db/base/result.h"

// What two shapes of the plane have in common, and what one has alone. Whole numbers, so that the same shapes give the
// same pieces everywhere.
namespace kuangxun::clip {

struct Point {
  std::int64_t x = 0;
  std::int64_t y = 0;
  bool operator==(const Point&) const = default;
};

using Ring = std::vector<Point>;

// Rings in any order and direction: what lies within an odd number of them belongs to the shape.
using Shape = std::vector<Ring>;

struct Pieces {
  // Outer rings counter-clockwise, holes clockwise; corners are rounded to whole numbers.
  Shape common;  // of both
  Shape rest;    // of the first without the second
};

// bad_input when a coordinate is beyond 4e18.
Result<Pieces> clip(const Shape& first, const Shape& second);

// Of a ring: positive counter-clockwise.
double signed_area(const Ring& ring);
// Of a shape as clip() reads it.
Result<double> area(const Shape& shape);

}  // namespace kuangxun::clip
