#include "app/geo/grid.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "app/geo/grid_text.h"
#include "db/language/language.h"
#include "tests/support/child_program.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

constexpr std::int64_t degree = nanodegrees_per_degree;
constexpr Zone zone_27{ZoneWidth::three_degrees, 27};
constexpr Zone zone_28{ZoneWidth::three_degrees, 28};
constexpr Zone zone_14{ZoneWidth::six_degrees, 14};
constexpr double tenth_of_a_millimetre_m = 0.0001;

std::vector<Position> points_around_the_county(std::size_t count) {
  tests::SeededRandom random(4490);
  std::vector<Position> points;
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back({static_cast<std::int64_t>(42'500'000'000 + random.below(1'500'000'000)),
                      static_cast<std::int64_t>(80'500'000'000 + random.below(4'000'000'000))});
  }
  return points;
}

bool has_cs2cs() {
  return tests::run_program({"/bin/sh", "-c", "command -v cs2cs"}).exit_code == 0;
}

// What PROJ makes of the lines.
std::vector<std::pair<double, double>> by_proj(const std::vector<std::string>& lines, const std::string& from,
                                               const std::string& to, int decimals) {
  const tests::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "points";
  std::ofstream written(file);
  for (const std::string& line : lines) written << line << '\n';
  written.close();
  const auto ran = tests::run_program(
      {"/bin/sh", "-c", "cs2cs -f %." + std::to_string(decimals) + "f " + from + " " + to + " < " + file.string()});
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  std::istringstream answers(ran.out);
  std::vector<std::pair<double, double>> pairs;
  double first = 0, second = 0, height = 0;
  while (answers >> first >> second >> height) pairs.emplace_back(first, second);
  REQUIRE(pairs.size() == lines.size());
  return pairs;
}

std::string nine_decimals(const Position& position) {
  char text[64];
  std::snprintf(text, sizeof text, "%.9f %.9f", static_cast<double>(position.latitude_nanodegrees) / 1e9,
                static_cast<double>(position.longitude_nanodegrees) / 1e9);
  return text;
}

struct System {
  std::string code;
  int central_meridian_deg;
  double prefix_m;
};
const System systems[] = {{"EPSG:4515", 81, 27'000'000},
                          {"EPSG:4516", 84, 28'000'000},
                          {"EPSG:4492", 81, 14'000'000},
                          {"EPSG:4536", 81, 0},
                          {"EPSG:4537", 84, 0}};

}  // namespace

TEST_CASE("a hundred thousand points agree with PROJ to a tenth of a millimetre, there and back") {
  if (!has_cs2cs()) {
    MESSAGE("SKIPPED: cs2cs (package proj-bin) is not installed, so nothing was compared with PROJ");
    return;
  }
  const std::vector<Position> points = points_around_the_county(100'000);
  std::vector<std::string> lines;
  std::ranges::transform(points, std::back_inserter(lines), nine_decimals);
  for (const System& system : systems) {
    const auto expected = by_proj(lines, "EPSG:4490", system.code, 6);
    double worst_m = 0;
    std::vector<std::string> grid_lines;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto grid = project(points[i], system.central_meridian_deg);
      REQUIRE(grid.ok());
      worst_m = std::max({worst_m, std::fabs(grid->northing_m - expected[i].first),
                          std::fabs(grid->easting_m + system.prefix_m - expected[i].second)});
      char text[80];
      std::snprintf(text, sizeof text, "%.4f %.4f", grid->northing_m, grid->easting_m + system.prefix_m);
      grid_lines.emplace_back(text);
    }
    CHECK(worst_m < tenth_of_a_millimetre_m);
    const auto back = by_proj(grid_lines, system.code, "EPSG:4490", 12);
    double worst_back_m = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      std::istringstream line(grid_lines[i]);
      GridPosition grid;
      line >> grid.northing_m >> grid.easting_m;
      grid.easting_m -= system.prefix_m;
      const auto position = unproject(grid, system.central_meridian_deg);
      REQUIRE(position.ok());
      constexpr double metres_per_degree = 111'200;
      const double north_m =
          (static_cast<double>(position->latitude_nanodegrees) / 1e9 - back[i].first) * metres_per_degree;
      const double east_m = (static_cast<double>(position->longitude_nanodegrees) / 1e9 - back[i].second) *
                            metres_per_degree * std::cos(back[i].first * 3.14159265358979 / 180);
      worst_back_m = std::max({worst_back_m, std::fabs(north_m), std::fabs(east_m)});
    }
    CHECK(worst_back_m < tenth_of_a_millimetre_m);
    MESSAGE(system.code << ": forward " << worst_m * 1000 << " mm, back " << worst_back_m * 1000 << " mm at worst");
  }
}

TEST_CASE("the county lies in two zones of three degrees and one of six") {
  const Position west{43 * degree, 81 * degree};
  const Position east{43 * degree, 83 * degree};
  CHECK(*zone_of(ZoneWidth::three_degrees, west) == zone_27);
  CHECK(*zone_of(ZoneWidth::three_degrees, east) == zone_28);
  CHECK(*zone_of(ZoneWidth::six_degrees, west) == zone_14);
  CHECK(*zone_of(ZoneWidth::six_degrees, east) == zone_14);
  CHECK(zone_27.central_meridian_deg() == 81);
  CHECK(zone_28.central_meridian_deg() == 84);
  CHECK(zone_14.central_meridian_deg() == 81);
  const Position border{43 * degree, 82 * degree + degree / 2};
  CHECK(*zone_of(ZoneWidth::three_degrees, border) == zone_28);
  CHECK(*zones_near(ZoneWidth::three_degrees, border, 0.1) == std::vector<Zone>{zone_28, zone_27});
  CHECK(*zones_near(ZoneWidth::three_degrees, {43 * degree, 82 * degree + degree * 4 / 10}, 0.2) ==
        std::vector<Zone>{zone_27, zone_28});
  CHECK(*zones_near(ZoneWidth::three_degrees, west, 0.1) == std::vector<Zone>{zone_27});
  CHECK_FALSE(zone_of(ZoneWidth::three_degrees, {43 * degree, 20 * degree}).ok());
  CHECK_FALSE(check_zone({ZoneWidth::three_degrees, 24}).ok());
  CHECK_FALSE(project(west, 114).ok());
}

TEST_CASE("grid coordinates are read as people write them") {
  const Position place{43'100'000'000, 81'800'000'000};
  const GridPosition grid = *project(place, 81);
  CHECK(format_grid(zone_27, grid).find("27565127.031") != std::string::npos);
  for (const char* text : {"X=4774139.9312 Y=27565127.0306", "Y 27565127.0306, X 4774139.9312",
                           "4774139.9312,27565127.0306", "4,774,139.9312 27,565,127.0306",
                           "纵坐标X：4774139.9312，横坐标Y：27565127.0306", "横坐标27565127.0306 纵坐标4774139.9312",
                           "４７７４１３９．９３１２；２７５６５１２７．０３０６", "4774139.9312 14565127.0306"}) {
    const auto read = parse_grid_position(text);
    REQUIRE_MESSAGE(read.ok(), text << ": " << (read.ok() ? "" : read.error().message()));
    CHECK(std::abs(read->latitude_nanodegrees - place.latitude_nanodegrees) <= 1);
    CHECK(std::abs(read->longitude_nanodegrees - place.longitude_nanodegrees) <= 1);
  }
  CHECK(parse_grid("4774139.9312", "565127.0306", 81).ok());
}

TEST_CASE("what is wrong with a row is said as what it is") {
  set_language(Language::english);
  const auto complaint = [](const char* northing, const char* easting, std::optional<int> meridian_deg = {}) {
    const auto read = parse_grid(northing, easting, meridian_deg);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code() == ErrorCode::bad_input);
    return read.error().message();
  };
  CHECK(complaint("27565127.031", "4774139.931").find("swapped") != std::string::npos);
  CHECK(complaint("565127.031", "4774139.931").find("swapped") != std::string::npos);
  CHECK(complaint("4774139.931", "565127.031").find("central meridian") != std::string::npos);
  CHECK(complaint("43.1", "81.8").find("degrees") != std::string::npos);
  CHECK(complaint("4774139.931", "27565127.031", 84).find("81") != std::string::npos);
  CHECK(complaint("4774139.931", "99565127.031").find("zone") != std::string::npos);
  CHECK(complaint("9974139.931", "27565127.031").find("country") != std::string::npos);
  CHECK(complaint("4774139.93123", "27565127.031").find("decimals") != std::string::npos);
  CHECK_FALSE(parse_grid_position("X=4774139.931 X=27565127.031").ok());
  CHECK_FALSE(parse_grid_position("4774139.931").ok());
  CHECK_FALSE(parse_grid_position(std::string(100'000, '1') + " 2").ok());
  set_language(Language::chinese);
}
