#include "app/geo/ring.h"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/PolygonArea.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "app/geo/ellipsoid.h"
#include "app/geo/ring_crossing.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

struct Corners {
  std::vector<Position> positions;
  // For each corner, its number in the ring as given, from 1: that is what a person can look up.
  std::vector<std::size_t> numbers;
};

Result<Corners> distinct_corners(std::span<const Position> ring) {
  Corners corners;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (auto status = check_position(ring[i]); !status.ok()) {
      return status.error().within(phrase(in_context("geo", "point {0}"), {std::to_string(i + 1)}));
    }
    if (!corners.positions.empty() && corners.positions.back() == ring[i]) continue;
    corners.positions.push_back(ring[i]);
    corners.numbers.push_back(i + 1);
  }
  while (corners.positions.size() > 1 && corners.positions.back() == corners.positions.front()) {
    corners.positions.pop_back();
    corners.numbers.pop_back();
  }
  return corners;
}

Error crossing_error(const Corners& corners, const Crossing& crossing) {
  const auto number = [&](std::size_t corner) {
    return std::to_string(corners.numbers[corner % corners.numbers.size()]);
  };
  return Error(ErrorCode::bad_input,
               phrase("the outline meets itself: side {0}–{1} crosses or touches side {2}–{3}; check the order of "
                      "these points",
                      {number(crossing.first), number(crossing.first + 1), number(crossing.second),
                       number(crossing.second + 1)}));
}

Status check_corners(const Corners& corners, std::size_t given) {
  if (corners.positions.size() < 3) {
    return Error(ErrorCode::bad_input, phrase("an area needs at least 3 different points; there are {0} ({1} given)",
                                              {std::to_string(corners.positions.size()), std::to_string(given)}));
  }
  if (const auto crossing = find_crossing(corners.positions)) return crossing_error(corners, *crossing);
  return {};
}

}  // namespace

Result<RingMeasure> ring_area(std::span<const Position> ring) {
  if (ring.size() > limits::ring_points_max) {
    return Error(ErrorCode::bad_input, phrase("the outline has {0} points, at most {1} are "
                                              "taken; split or thin it",
                                              {std::to_string(ring.size()), std::to_string(limits::ring_points_max)}));
  }
  KX_TRY(corners, distinct_corners(ring));
  KX_CHECK(check_corners(corners, ring.size()));
  try {
    GeographicLib::PolygonArea polygon(cgcs2000());
    for (const Position& corner : corners.positions) {
      polygon.AddPoint(degrees(corner.latitude_nanodegrees), degrees(corner.longitude_nanodegrees));
    }
    double perimeter_m = 0, signed_area_m2 = 0;
    polygon.Compute(false, true, perimeter_m, signed_area_m2);
    RingMeasure measure;
    measure.area_m2 = std::fabs(signed_area_m2);
    measure.area_hectare_e4 = std::llround(measure.area_m2);
    measure.perimeter_mm = std::llround(perimeter_m * 1000);
    measure.points = static_cast<std::int64_t>(corners.positions.size());
    return measure;
  } catch (const GeographicLib::GeographicErr& error) {
    return geodesy_failed(error.what());
  }
}

}  // namespace kuangxun::geo
