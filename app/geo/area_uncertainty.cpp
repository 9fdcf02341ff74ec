#include "app/geo/area_uncertainty.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/geo/geodesy.h"

namespace kuangxun::geo {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr std::int64_t between_corners_ms = 10'000;

// From errors that are gone at the next corner to such as outlast most walks: which time makes a figure worst depends
// on the shape and on how it was walked, and no formula gives it.
constexpr std::array<std::int64_t, 8> correlations_ms = {0, 5'000, 15'000, 30'000, 60'000, 120'000, 300'000, 900'000};

struct Vector {
  double north = 0;
  double east = 0;
};

// The corners in metres from the first, in the plane that touches the ellipsoid there.
std::vector<Vector> plane_of(std::span<const MeasuredCorner> ring) {
  const Position& origin = ring.front().position;
  const double latitude = static_cast<double>(origin.latitude_nanodegrees) * 1e-9 * pi / 180;
  constexpr double eccentricity2 = cgcs2000_flattening * (2 - cgcs2000_flattening);
  const double w2 = 1 - eccentricity2 * std::sin(latitude) * std::sin(latitude);
  const double unit = 1e-9 * pi / 180;
  const double north_m = cgcs2000_semi_major_axis_m * (1 - eccentricity2) / (w2 * std::sqrt(w2)) * unit;
  const double east_m = cgcs2000_semi_major_axis_m / std::sqrt(w2) * std::cos(latitude) * unit;
  std::vector<Vector> plane;
  for (const MeasuredCorner& corner : ring) {
    plane.push_back(
        {static_cast<double>(corner.position.latitude_nanodegrees - origin.latitude_nanodegrees) * north_m,
         static_cast<double>(corner.position.longitude_nanodegrees - origin.longitude_nanodegrees) * east_m});
  }
  return plane;
}

// Moving a corner by e changes the area by e times half the diagonal between its neighbours, turned by a right angle.
std::optional<std::vector<CornerEffect>> area_effects(std::span<const MeasuredCorner> ring) {
  if (ring.size() < 3) return std::nullopt;
  const std::vector<Vector> plane = plane_of(ring);
  std::vector<CornerEffect> effects;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (!ring[i].accuracy_m) return std::nullopt;
    const Vector& last = plane[(i + ring.size() - 1) % ring.size()];
    const Vector& next = plane[(i + 1) % ring.size()];
    // Of one axis: the radial error has both.
    const double sigma_m = *ring[i].accuracy_m / std::sqrt(2.0);
    effects.push_back({(next.east - last.east) / 2 * sigma_m, -(next.north - last.north) / 2 * sigma_m});
  }
  return effects;
}

}  // namespace

double standard_error(std::span<const CornerEffect> effects, std::span<const MeasuredCorner> ring,
                      std::int64_t correlation_ms) {
  // Sums over earlier corners shrink from one corner to the next, so that all pairs cost one walk.
  double variance = 0;
  CornerEffect before;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (i > 0) {
      const auto &now = ring[i].time_ms, &then = ring[i - 1].time_ms;
      const std::int64_t step_ms = now && then && *now >= *then ? *now - *then : between_corners_ms;
      const double alike =
          correlation_ms > 0 ? std::exp(-static_cast<double>(step_ms) / static_cast<double>(correlation_ms)) : 0;
      before = {before.north * alike, before.east * alike};
    }
    const CornerEffect& effect = effects[i];
    variance += effect.north * (effect.north + 2 * before.north) + effect.east * (effect.east + 2 * before.east);
    before = {before.north + effect.north, before.east + effect.east};
    if (correlation_ms == 0) before = {};
  }
  return std::sqrt(std::max(variance, 0.0));
}

double greatest_standard_error(std::span<const CornerEffect> effects, std::span<const MeasuredCorner> ring) {
  double greatest = 0;
  for (const std::int64_t correlation_ms : correlations_ms) {
    greatest = std::max(greatest, standard_error(effects, ring, correlation_ms));
  }
  return greatest;
}

std::optional<double> area_standard_error_m2(std::span<const MeasuredCorner> ring, std::int64_t correlation_ms) {
  const auto effects = area_effects(ring);
  if (!effects) return std::nullopt;
  return standard_error(*effects, ring, correlation_ms);
}

std::optional<double> area_uncertainty_m2(std::span<const MeasuredCorner> ring) {
  const auto effects = area_effects(ring);
  if (!effects) return std::nullopt;
  return greatest_standard_error(*effects, ring);
}

}  // namespace kuangxun::geo
