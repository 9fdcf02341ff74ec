#include "app/geo/area_uncertainty.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double north_m = 111'098.0 / 1e9;  // of a nanodegree, at 43.2°
constexpr double east_m = 81'267.0 / 1e9;

// A circle that was walked, a corner each `step_ms`.
std::vector<MeasuredCorner> circle(int corners, double radius_m, std::int64_t step_ms, double accuracy_m) {
  std::vector<MeasuredCorner> ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * pi * i / corners;
    ring.push_back({{43'200'000'000 + std::llround(radius_m * std::sin(angle) / north_m),
                     81'800'000'000 + std::llround(radius_m * std::cos(angle) / east_m)},
                    accuracy_m,
                    i * step_ms});
  }
  return ring;
}

// What really happens: the ring is measured in many worlds, each with errors of its own.
double scatter_m2(const std::vector<MeasuredCorner>& ring, double accuracy_m, double alike, int worlds) {
  std::mt19937_64 engine(3);
  std::normal_distribution<double> normal;
  const double sigma_m = accuracy_m / std::sqrt(2.0);
  double sum = 0, squares = 0;
  for (int world = 0; world < worlds; ++world) {
    std::vector<std::pair<double, double>> at;
    double north_error = 0, east_error = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const double fresh = i == 0 ? 1 : std::sqrt(1 - alike * alike);
      north_error = (i == 0 ? 0 : alike * north_error) + fresh * sigma_m * normal(engine);
      east_error = (i == 0 ? 0 : alike * east_error) + fresh * sigma_m * normal(engine);
      at.emplace_back(
          static_cast<double>(ring[i].position.latitude_nanodegrees - 43'200'000'000) * north_m + north_error,
          static_cast<double>(ring[i].position.longitude_nanodegrees - 81'800'000'000) * east_m + east_error);
    }
    double twice = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const auto& [north, east] = at[i];
      const auto& [next_north, next_east] = at[(i + 1) % at.size()];
      twice += east * next_north - next_east * north;
    }
    sum += std::abs(twice) / 2;
    squares += twice * twice / 4;
  }
  return std::sqrt(squares / worlds - sum / worlds * (sum / worlds));
}

}  // namespace

TEST_CASE("the standard error is what measuring the ring in many worlds gives, errors alike or not") {
  const auto ring = circle(40, 120, 10'000, 3);
  CHECK(*area_standard_error_m2(ring, 0) == doctest::Approx(scatter_m2(ring, 3, 0, 20'000)).epsilon(0.03));
  for (const std::int64_t correlation_ms : {10'000, 60'000, 300'000}) {
    CAPTURE(correlation_ms);
    const double alike = std::exp(-10'000.0 / static_cast<double>(correlation_ms));
    CHECK(*area_standard_error_m2(ring, correlation_ms) ==
          doctest::Approx(scatter_m2(ring, 3, alike, 20'000)).epsilon(0.03));
  }
}

TEST_CASE("more points of the same walk do not make its area better") {
  // The same ten minutes round the same circle, with a point each 20 s and with ten a second.
  const double few = *area_uncertainty_m2(circle(30, 120, 20'000, 3));
  const double many = *area_uncertainty_m2(circle(6000, 120, 100, 3));
  CHECK(many > 0.8 * few);
  // As independent errors they would.
  CHECK(*area_standard_error_m2(circle(6000, 120, 100, 3), 0) < 0.1 * few);
}

TEST_CASE("the greatest is taken, and without accuracies there is none") {
  auto ring = circle(12, 50, 30'000, 2);
  const double uncertainty = *area_uncertainty_m2(ring);
  for (const std::int64_t correlation_ms : {0, 15'000, 120'000, 900'000}) {
    CHECK(*area_standard_error_m2(ring, correlation_ms) <= uncertainty);
  }
  for (MeasuredCorner& corner : ring) corner.time_ms.reset();
  CHECK(area_uncertainty_m2(ring).has_value());
  ring[5].accuracy_m.reset();
  CHECK_FALSE(area_uncertainty_m2(ring).has_value());
  CHECK_FALSE(area_uncertainty_m2(std::span(ring).first(2)).has_value());
}
