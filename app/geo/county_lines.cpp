#include "app/geo/county_lines.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr std::string_view own_code = "654027";  // Tekes County (GB/T 2260)
constexpr double grid_per_degree = 1024;         // of the file, some 100 m
// Metres of a degree of latitude; enough for lines that are 100 m coarse.
constexpr double metres_per_degree = 111'100;
constexpr double radians_per_degree = 3.14159265358979323846 / 180;

std::optional<double> read_grid(std::string_view text, int degrees_max) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const double degrees = value / grid_per_degree;
  if (std::abs(degrees) > degrees_max) return std::nullopt;
  return degrees;
}

std::string about(double metres) {
  if (metres < 1000) return std::to_string(std::lround(metres / 10) * 10) + " m";
  if (metres < 10'000) {
    const auto tenths = std::lround(metres / 100);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " km";
  }
  return std::to_string(std::lround(metres / 1000)) + " km";
}

std::string only_orientation() {
  return say_text("about, for orientation only; the county lines are some 100 m coarse and judge nothing");
}

}  // namespace

Result<CountyLines> CountyLines::read(const std::filesystem::path& file) {
  KX_TRY(table, CsvTable::read(file));
  return from(table);
}

Result<CountyLines> CountyLines::from(const CsvTable& table) {
  KX_TRY(code, table.require_column("code"));
  KX_TRY(name, table.require_column("name"));
  KX_TRY(points, table.require_column("points"));
  CountyLines lines;
  bool has_own = false;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Ring ring{std::string(table.cell(row, code)), std::string(table.cell(row, name)), {}};
    std::string_view rest = table.cell(row, points);
    while (!rest.empty()) {
      const std::string_view pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      const std::size_t blank = std::min(pair.find(' '), pair.size());
      const auto longitude = read_grid(pair.substr(0, blank), 180);
      const auto latitude = read_grid(pair.substr(std::min(blank + 1, pair.size())), 90);
      if (!longitude || !latitude || ring.points.size() == limits::ring_points_max) {
        return table.error_at(row, points,
                              phrase("expected longitude and latitude in 1/1024 degree, points parted by ;"));
      }
      ring.points.push_back({*longitude, *latitude});
    }
    if (ring.points.size() < 3) {
      return table.error_at(row, points, phrase("at least three points are needed"));
    }
    has_own = has_own || ring.code == own_code;
    lines.rings_.push_back(std::move(ring));
  }
  if (!has_own) return table.error_in_header(code, phrase("the county 654027 is missing"));
  return lines;
}

// A ray to the east crosses the line an odd number of times.
bool CountyLines::encloses(const Ring& ring, const Point& point) {
  bool is_inside = false;
  const Point* before = &ring.points.back();
  for (const Point& corner : ring.points) {
    if ((corner.latitude_deg > point.latitude_deg) != (before->latitude_deg > point.latitude_deg)) {
      const double share = (point.latitude_deg - before->latitude_deg) / (corner.latitude_deg - before->latitude_deg);
      const double crossing = before->longitude_deg + share * (corner.longitude_deg - before->longitude_deg);
      if (crossing > point.longitude_deg) is_inside = !is_inside;
    }
    before = &corner;
  }
  return is_inside;
}

// In a plane that touches at the point.
double CountyLines::distance_m(const Ring& ring, const Point& point) {
  const double east = metres_per_degree * std::cos(point.latitude_deg * radians_per_degree);
  const auto in_plane = [&](const Point& corner) {
    return std::pair((corner.longitude_deg - point.longitude_deg) * east,
                     (corner.latitude_deg - point.latitude_deg) * metres_per_degree);
  };
  double nearest = std::numeric_limits<double>::infinity();
  auto [x, y] = in_plane(ring.points.back());
  for (const Point& corner : ring.points) {
    const auto [next_x, next_y] = in_plane(corner);
    const double dx = next_x - x, dy = next_y - y, square = dx * dx + dy * dy;
    const double along = square > 0 ? std::clamp(-(x * dx + y * dy) / square, 0.0, 1.0) : 0;
    nearest = std::min(nearest, std::hypot(x + along * dx, y + along * dy));
    x = next_x;
    y = next_y;
  }
  return nearest;
}

Result<Orientation> CountyLines::at(const Position& position, std::optional<std::int64_t> accuracy_mm) const {
  KX_CHECK(check_position(position));
  constexpr double nano = 1e-9, metres_per_mm = 1e-3;
  const Point point{static_cast<double>(position.longitude_nanodegrees) * nano,
                    static_cast<double>(position.latitude_nanodegrees) * nano};
  Orientation orientation;
  orientation.distance_m = std::numeric_limits<double>::infinity();
  bool is_in = false;
  for (const Ring& ring : rings_) {
    const bool encloses_it = encloses(ring, point);
    if (encloses_it) orientation.name = ring.name;
    if (ring.code != own_code) continue;
    is_in = is_in || encloses_it;
    orientation.distance_m = std::min(orientation.distance_m, distance_m(ring, point));
  }
  const double doubt_m = 2 * coarseness_m + 2 * metres_per_mm * static_cast<double>(accuracy_mm.value_or(0));
  orientation.county = is_in ? Orientation::County::inside : Orientation::County::outside;
  if (orientation.distance_m > doubt_m) return orientation;
  orientation.county = Orientation::County::cannot_tell;
  orientation.name.clear();
  return orientation;
}

std::string orientation_text(const Orientation& orientation) {
  const std::string distance = about(orientation.distance_m);
  switch (orientation.county) {
    case Orientation::County::inside:
      return say_with("in Tekes County, {0} from its line ({1})", {distance, only_orientation()});
    case Orientation::County::outside:
      if (orientation.name.empty()) {
        return say_with("outside Tekes County, {0} from its line ({1})", {distance, only_orientation()});
      }
      return say_with("outside Tekes County: {0}, {1} from its line ({2})",
                      {orientation.name, distance, only_orientation()});
    case Orientation::County::cannot_tell:
      break;
  }
  return say_with("near the line of Tekes County, {0}: inside or outside cannot be determined ({1})",
                  {distance, only_orientation()});
}

std::string orientation_limits_text() {
  return say_text(
      "townships, villages and the 78th regiment are known by code and name only: coordinates cannot say "
      "which they are in");
}

}  // namespace kuangxun::geo
