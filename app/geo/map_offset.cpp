#include "app/geo/map_offset.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>

#include "app/geo/geodesy.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double nano = 1e9;
// The Krasovsky ellipsoid, which the formula was made with.
constexpr double axis_m = 6378245.0;
constexpr double eccentricity2 = 0.00669342162296594323;

struct Degrees {
  double latitude;
  double longitude;
};

Degrees degrees_of(const Position& position) {
  return {static_cast<double>(position.latitude_nanodegrees) / nano,
          static_cast<double>(position.longitude_nanodegrees) / nano};
}

Position position_of(const Degrees& degrees) {
  return {std::llround(degrees.latitude * nano), std::llround(degrees.longitude * nano)};
}

bool is_in_the_country(const Degrees& at) {
  return 72.004 <= at.longitude && at.longitude <= 137.8347 && 0.8293 <= at.latitude && at.latitude <= 55.8271;
}

// Two sines of one coordinate: amplitude, and their periods in degrees with factors.
double waves(double degrees, double first_period, double first, double second_period, double second) {
  return (first * std::sin(2 * pi * degrees / first_period) + second * std::sin(2 * pi * degrees / second_period)) * 2 /
         3;
}

// How far the map moves a place, north and east, in metres of the formula's sphere; `x` and `y` from 105° E, 35° N.
double moved_north(double x, double y) {
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x)) +
         waves(x, 1.0 / 3, 20, 1, 20) + waves(y, 2, 20, 6, 40) + waves(y, 24, 160, 60, 320);
}

double moved_east(double x, double y) {
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) + waves(x, 1.0 / 3, 20, 1, 20) +
         waves(x, 2, 20, 6, 40) + waves(x, 24, 150, 60, 300);
}

Degrees moved(const Degrees& at) {
  const double x = at.longitude - 105, y = at.latitude - 35;
  const double sine = std::sin(at.latitude * pi / 180), cosine = std::cos(at.latitude * pi / 180);
  const double w2 = 1 - eccentricity2 * sine * sine;
  const double metres_north = axis_m * (1 - eccentricity2) / (w2 * std::sqrt(w2)) * pi / 180;
  const double metres_east = axis_m / std::sqrt(w2) * cosine * pi / 180;
  return {at.latitude + moved_north(x, y) / metres_north, at.longitude + moved_east(x, y) / metres_east};
}

}  // namespace

Position gcj02_of(const Position& position) {
  const Degrees at = degrees_of(position);
  return is_in_the_country(at) ? position_of(moved(at)) : position;
}

Position bd09_of(const Position& position) {
  if (!is_in_the_country(degrees_of(position))) return position;
  const Degrees first = degrees_of(gcj02_of(position));
  constexpr double turns = pi * 3000 / 180;
  const double length = std::hypot(first.latitude, first.longitude) + 0.00002 * std::sin(first.latitude * turns);
  const double angle = std::atan2(first.latitude, first.longitude) + 0.000003 * std::cos(first.longitude * turns);
  return position_of({length * std::sin(angle) + 0.006, length * std::cos(angle) + 0.0065});
}

std::optional<MapOffset> map_offset_between(const Position& measured, const Position& given, double tolerance_m) {
  const auto is_near = [&](const Position& other) {
    const auto distance = distance_m(other, given);
    return distance.ok() && *distance <= tolerance_m;
  };
  if (is_near(measured)) return std::nullopt;
  if (is_near(gcj02_of(measured))) return MapOffset::gcj02;
  if (is_near(bd09_of(measured))) return MapOffset::bd09;
  return std::nullopt;
}

Status refuse_map_coordinates(std::string_view text) {
  std::string even;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '_') continue;
    even += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  static constexpr std::array<std::pair<std::string_view, MapOffset>, 8> signs = {{{"GCJ02", MapOffset::gcj02},
                                                                                   {"GCJ2", MapOffset::gcj02},
                                                                                   {"火星坐标", MapOffset::gcj02},
                                                                                   {"高德", MapOffset::gcj02},
                                                                                   {"腾讯地图", MapOffset::gcj02},
                                                                                   {"BD09", MapOffset::bd09},
                                                                                   {"BD9", MapOffset::bd09},
                                                                                   {"百度", MapOffset::bd09}}};
  const auto found =
      std::ranges::find_if(signs, [&](const auto& sign) { return even.find(sign.first) != std::string::npos; });
  if (found == signs.end()) return {};
  return Error(ErrorCode::bad_input,
               phrase("these are coordinates of a {0} map, moved on purpose by hundreds of metres: measure with a "
                      "receiver, or use CGCS2000 coordinates",
                      {name_of(found->second)}));
}

std::string_view name_of(MapOffset offset) {
  return offset == MapOffset::gcj02 ? "GCJ-02" : "BD-09";
}

}  // namespace kuangxun::geo
