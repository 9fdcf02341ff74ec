#include "app/geo/grid.h"

#include <GeographicLib/TransverseMercator.hpp>
#include <cmath>

#include "app/geo/ellipsoid.h"
#include "app/geo/geodesy.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr double false_easting_m = 500'000;
constexpr double zone_in_easting_m = 1'000'000;
// The series is exact to nanometres to 3900 km; so far from its meridian no table of this country reaches.
constexpr double meridian_distance_deg_max = 10;

const GeographicLib::TransverseMercator& gauss_krueger() {
  static const GeographicLib::TransverseMercator projection(cgcs2000_semi_major_axis_m, cgcs2000_flattening, 1.0);
  return projection;
}

struct Numbers {
  int first;
  int last;
};
Numbers numbers_of(ZoneWidth width) {
  return width == ZoneWidth::three_degrees ? Numbers{25, 45} : Numbers{13, 23};
}

Error too_far(int central_meridian_deg) {
  return Error(ErrorCode::bad_input, phrase("too far from the central meridian {0}°: check the zone or the meridian",
                                            {std::to_string(central_meridian_deg)}));
}

}  // namespace

int Zone::central_meridian_deg() const {
  return width == ZoneWidth::three_degrees ? 3 * number : 6 * number - 3;
}

Status check_zone(const Zone& zone) {
  const Numbers numbers = numbers_of(zone.width);
  if (numbers.first <= zone.number && zone.number <= numbers.last) return {};
  return Error(ErrorCode::bad_input, phrase("there is no {0}° zone {1}: it must be {2} to {3}",
                                            {std::to_string(static_cast<int>(zone.width)), std::to_string(zone.number),
                                             std::to_string(numbers.first), std::to_string(numbers.last)}));
}

Result<Zone> zone_of(ZoneWidth width, const Position& position) {
  KX_CHECK(check_position(position));
  const int width_deg = static_cast<int>(width);
  // Zone n of three degrees reaches from 3n - 1.5 to 3n + 1.5, of six from 6n - 6 to 6n.
  const double west_deg = width == ZoneWidth::three_degrees ? -1.5 : -6;
  const double steps = (degrees(position.longitude_nanodegrees) - west_deg) / width_deg;
  const Zone zone{width, static_cast<int>(std::floor(steps))};
  KX_CHECK(check_zone(zone));
  return zone;
}

Result<std::vector<Zone>> zones_near(ZoneWidth width, const Position& position, double margin_deg) {
  KX_TRY(zone, zone_of(width, position));
  std::vector<Zone> zones = {zone};
  const double off_deg = degrees(position.longitude_nanodegrees) - zone.central_meridian_deg();
  const double to_edge_deg = static_cast<double>(static_cast<int>(width)) / 2 - std::fabs(off_deg);
  const Zone beside{width, off_deg < 0 ? zone.number - 1 : zone.number + 1};
  if (to_edge_deg <= margin_deg && check_zone(beside).ok()) zones.push_back(beside);
  return zones;
}

Result<GridPosition> project(const Position& position, int central_meridian_deg) {
  KX_CHECK(check_position(position));
  const double longitude_deg = degrees(position.longitude_nanodegrees);
  if (std::fabs(longitude_deg - central_meridian_deg) > meridian_distance_deg_max) return too_far(central_meridian_deg);
  double easting_m = 0, northing_m = 0;
  gauss_krueger().Forward(central_meridian_deg, degrees(position.latitude_nanodegrees), longitude_deg, easting_m,
                          northing_m);
  return GridPosition{northing_m, easting_m + false_easting_m};
}

Result<Position> unproject(const GridPosition& grid, int central_meridian_deg) {
  double latitude_deg = 0, longitude_deg = 0;
  gauss_krueger().Reverse(central_meridian_deg, grid.easting_m - false_easting_m, grid.northing_m, latitude_deg,
                          longitude_deg);
  const bool is_near = std::fabs(longitude_deg - central_meridian_deg) <= meridian_distance_deg_max;
  if (!std::isfinite(latitude_deg) || !is_near) return too_far(central_meridian_deg);
  constexpr double per_degree = static_cast<double>(nanodegrees_per_degree);
  const Position position{std::llround(latitude_deg * per_degree), std::llround(longitude_deg * per_degree)};
  KX_CHECK(check_position(position));
  return position;
}

double prefixed_easting_m(const Zone& zone, double easting_m) {
  return zone.number * zone_in_easting_m + easting_m;
}

}  // namespace kuangxun::geo
