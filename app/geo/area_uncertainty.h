#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "app/geo/position.h"

namespace kuangxun::geo {

struct MeasuredCorner {
  Position position;
  std::optional<double> accuracy_m;     // 1 sigma, radial
  std::optional<std::int64_t> time_ms;  // when it was measured
};

// What an error of one corner, one standard deviation along an axis, does to a figure: along north and east.
struct CornerEffect {
  double north = 0;
  double east = 0;
};

// The standard error of a figure that depends on the corners so, when the errors of two corners are alike by
// exp(-(time between them) / `correlation_ms`), 0 for not at all. `effects` as many as corners.
double standard_error(std::span<const CornerEffect> effects, std::span<const MeasuredCorner> ring,
                      std::int64_t correlation_ms);
// The greatest of these over the correlation times of area_uncertainty_m2.
double greatest_standard_error(std::span<const CornerEffect> effects, std::span<const MeasuredCorner> ring);

// The standard error of a ring's area when the errors of two corners are alike by exp(-(time between them) /
// `correlation_ms`), 0 for not at all: first order, in the plane of the place. Nothing when a corner has no accuracy.
// Where times are missing or run backwards, a corner counts as 10 s after the one before.
std::optional<double> area_standard_error_m2(std::span<const MeasuredCorner> ring, std::int64_t correlation_ms);

// The greatest of these over correlation times from none to a quarter of an hour. A receiver's errors keep for seconds
// to many minutes, and nobody knows for how long: taken as independent, a ring that was walked with a point a second
// would seem better the more points it has; taken as one shift of the whole ring, it would seem perfect.
std::optional<double> area_uncertainty_m2(std::span<const MeasuredCorner> ring);

}  // namespace kuangxun::geo
