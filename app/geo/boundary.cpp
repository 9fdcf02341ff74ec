#include "app/geo/boundary.h"

#include <GeographicLib/PolygonArea.hpp>
#include <algorithm>
#include <cmath>

#include "app/geo/ellipsoid.h"
#include "app/geo/geodesy.h"
#include "app/geo/ring_crossing.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr std::size_t corners_of_ring_min = 3;
// No degree of latitude is shorter (at the equator), none of longitude shorter than this times cos(latitude).
constexpr double metres_per_degree_min = 110'500;
constexpr double radians_per_degree = 3.14159265358979323846 / 180;

std::string number(std::size_t index) {
  return std::to_string(index + 1);
}

Error bad_ring(std::size_t ring, const Words& what) {
  return Error(ErrorCode::bad_input, phrase("ring {0}: {1}", {number(ring), what}));
}

Status check_ring(std::size_t index, const std::vector<Position>& ring) {
  if (ring.size() < corners_of_ring_min) {
    return bad_ring(index, phrase("fewer than 3 corners"));
  }
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (const Status checked = check_position(ring[i]); !checked.ok()) {
      return bad_ring(index, phrase("corner {0}: {1}", {number(i), checked.error().words()}));
    }
    if (ring[i] == ring[(i + 1) % ring.size()]) {
      return bad_ring(index, phrase("corners {0} and {1} are the same", {number(i), number((i + 1) % ring.size())}));
    }
  }
  if (const auto crossing = find_crossing(ring)) {
    return bad_ring(index, phrase("the sides that begin at corners {0} and {1} cross or touch: check the order",
                                  {number(crossing->first), number(crossing->second)}));
  }
  return {};
}

// Even-odd in latitude and longitude: good enough for which ring lies in which, whose corners are metres and more
// apart.
bool is_within(const Position& point, const std::vector<Position>& ring) {
  bool is_inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Position& a = ring[i];
    const Position& b = ring[j];
    if ((a.latitude_nanodegrees > point.latitude_nanodegrees) == (b.latitude_nanodegrees > point.latitude_nanodegrees))
      continue;
    const double share = static_cast<double>(point.latitude_nanodegrees - a.latitude_nanodegrees) /
                         static_cast<double>(b.latitude_nanodegrees - a.latitude_nanodegrees);
    const double crossing = static_cast<double>(a.longitude_nanodegrees) +
                            share * static_cast<double>(b.longitude_nanodegrees - a.longitude_nanodegrees);
    if (static_cast<double>(point.longitude_nanodegrees) < crossing) is_inside = !is_inside;
  }
  return is_inside;
}

}  // namespace

Result<Boundary> Boundary::make(std::vector<std::vector<Position>> rings,
                                std::optional<std::int64_t> corner_accuracy_mm) {
  Boundary boundary;
  boundary.rings_ = std::move(rings);
  boundary.corner_accuracy_mm_ = corner_accuracy_mm;
  KX_CHECK(boundary.check_rings());
  boundary.find_signs();
  boundary.find_box();
  return boundary;
}

Status Boundary::check_rings() const {
  if (rings_.empty()) return Error(ErrorCode::bad_input, phrase("there are no corners"));
  std::size_t corners = 0;
  for (const auto& ring : rings_) corners += ring.size();
  if (corners > limits::ring_points_max) {
    return Error(ErrorCode::bad_input,
                 phrase("too many corners, at most {0}", {std::to_string(limits::ring_points_max)}));
  }
  for (std::size_t i = 0; i < rings_.size(); ++i) KX_CHECK(check_ring(i, rings_[i]));
  return {};
}

void Boundary::find_signs() {
  for (std::size_t i = 0; i < rings_.size(); ++i) {
    int depth = 0;
    for (std::size_t j = 0; j < rings_.size(); ++j) {
      if (i != j && is_within(rings_[i].front(), rings_[j])) ++depth;
    }
    signs_.push_back(depth % 2 == 0 ? 1 : -1);
  }
}

void Boundary::find_box() {
  south_west_ = north_east_ = rings_.front().front();
  for (const auto& ring : rings_) {
    for (const Position& corner : ring) {
      south_west_.latitude_nanodegrees = std::min(south_west_.latitude_nanodegrees, corner.latitude_nanodegrees);
      south_west_.longitude_nanodegrees = std::min(south_west_.longitude_nanodegrees, corner.longitude_nanodegrees);
      north_east_.latitude_nanodegrees = std::max(north_east_.latitude_nanodegrees, corner.latitude_nanodegrees);
      north_east_.longitude_nanodegrees = std::max(north_east_.longitude_nanodegrees, corner.longitude_nanodegrees);
    }
  }
}

double Boundary::distance_at_least_m(const Position& position) const {
  const auto beyond = [](std::int64_t value, std::int64_t low, std::int64_t high) {
    return degrees(std::max({low - value, value - high, std::int64_t{0}}));
  };
  const double north_deg =
      beyond(position.latitude_nanodegrees, south_west_.latitude_nanodegrees, north_east_.latitude_nanodegrees);
  const double east_deg =
      beyond(position.longitude_nanodegrees, south_west_.longitude_nanodegrees, north_east_.longitude_nanodegrees);
  // The shortest degree of longitude on the way. A side that is a geodesic bows out of the box by length²/8R at most
  // (46 cm for 5 km), and of two legs the longer is at most what lies between: hence the margin.
  const double top_deg =
      std::max(std::fabs(degrees(north_east_.latitude_nanodegrees)), std::fabs(degrees(position.latitude_nanodegrees)));
  const double steep = std::cos(std::min(top_deg, 90.0) * radians_per_degree);
  const double box_deg = degrees(north_east_.longitude_nanodegrees - south_west_.longitude_nanodegrees);
  const double bow_m = std::pow(box_deg * metres_per_degree_min, 2) / (8 * cgcs2000_semi_major_axis_m) * 1.2;
  const double longest_m = std::max(north_deg, east_deg * steep) * metres_per_degree_min;
  return std::max(0.0, longest_m * 0.999 - bow_m);
}

Result<double> Boundary::area_m2() const {
  double sum_m2 = 0;
  for (std::size_t i = 0; i < rings_.size(); ++i) {
    GeographicLib::PolygonArea polygon(cgcs2000());
    for (const Position& corner : rings_[i]) {
      polygon.AddPoint(degrees(corner.latitude_nanodegrees), degrees(corner.longitude_nanodegrees));
    }
    double perimeter_m = 0, area_m2 = 0;
    polygon.Compute(false, true, perimeter_m, area_m2);
    sum_m2 += signs_[i] * std::fabs(area_m2);
  }
  return sum_m2;
}

Result<StakeOut> stake_out(const Position& from, const Position& corner, std::optional<double> course_deg) {
  KX_TRY(leg, measure_leg(from, corner));
  StakeOut out;
  out.distance_m = leg.distance_m;
  out.bearing_deg = leg.azimuth_deg.value_or(0);
  out.north_m = leg.distance_m * std::cos(out.bearing_deg * radians_per_degree);
  out.east_m = leg.distance_m * std::sin(out.bearing_deg * radians_per_degree);
  out.is_fine = leg.distance_m < 1;
  if (course_deg && leg.azimuth_deg) out.turn_deg = std::remainder(*leg.azimuth_deg - *course_deg, 360.0);
  return out;
}

}  // namespace kuangxun::geo
