#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <vector>

#include "app/geo/geodesy.h"
#include "app/geo/ring.h"
#include "app/geo/ring_crossing.h"
#include "db/base/decimal.h"
#include "db/base/limits.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

constexpr std::int64_t degree = nanodegrees_per_degree;
constexpr double pi = 3.14159265358979323846;
const Position near_tekes{43'200'000'000, 81'800'000'000};

// A ring in steps of 1e-6 degree (about 0.1 m) from a place in the county.
std::vector<Position> ring_of(std::initializer_list<std::pair<int, int>> steps) {
  std::vector<Position> ring;
  for (const auto& [north, east] : steps) {
    ring.push_back({near_tekes.latitude_nanodegrees + north * 1000, near_tekes.longitude_nanodegrees + east * 1000});
  }
  return ring;
}

// Slow and obviously right: every pair of sides, in floating point, for rings on a coarse grid.
bool crosses_slowly(const std::vector<Position>& ring) {
  const std::size_t count = ring.size();
  const auto turn = [](const Position& a, const Position& b, const Position& c) {
    const auto cross =
        (b.longitude_nanodegrees - a.longitude_nanodegrees) * (c.latitude_nanodegrees - a.latitude_nanodegrees) -
        (b.latitude_nanodegrees - a.latitude_nanodegrees) * (c.longitude_nanodegrees - a.longitude_nanodegrees);
    return (cross > 0) - (cross < 0);
  };
  const auto on = [&](const Position& a, const Position& b, const Position& c) {
    return turn(a, b, c) == 0 && std::min(a.latitude_nanodegrees, b.latitude_nanodegrees) <= c.latitude_nanodegrees &&
           c.latitude_nanodegrees <= std::max(a.latitude_nanodegrees, b.latitude_nanodegrees) &&
           std::min(a.longitude_nanodegrees, b.longitude_nanodegrees) <= c.longitude_nanodegrees &&
           c.longitude_nanodegrees <= std::max(a.longitude_nanodegrees, b.longitude_nanodegrees);
  };
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const Position &a = ring[i], &b = ring[(i + 1) % count], &c = ring[j], &d = ring[(j + 1) % count];
      const bool next = j == i + 1, last = i == 0 && j + 1 == count;
      if (next && (on(a, b, d) || on(c, d, a))) return true;
      if (last && (on(c, d, b) || on(a, b, c))) return true;
      if (next || last) continue;
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
      if (on(a, b, c) || on(a, b, d) || on(c, d, a) || on(c, d, b)) return true;
    }
  }
  return false;
}

// A star round a place of the county, from a courtyard to a township.
std::vector<Position> star(std::mt19937_64& engine, int corners) {
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(engine);
  };
  const double latitude = between(42.4, 43.4), longitude = between(81.4, 82.6), size = std::pow(10, between(-4, -1.3));
  std::vector<Position> ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * pi * i / corners, radius = size * between(0.5, 1);
    ring.push_back({std::llround((latitude + radius * std::sin(angle)) * 1e9),
                    std::llround((longitude + radius * std::cos(angle)) * 1e9)});
  }
  return ring;
}

std::string degrees_text(std::int64_t nanodegrees) {
  return format_decimal(nanodegrees, 9);
}

}  // namespace

TEST_CASE("an eighth of the globe has an eighth of the surface of GRS 80") {
  const std::vector<Position> octant = {{0, 0}, {0, 90 * degree}, {90 * degree, 0}};
  // The closed form for an oblate ellipsoid: 2 pi a^2 (1 + (1 - e^2) / e * atanh e).
  const double eccentricity = std::sqrt(cgcs2000_flattening * (2 - cgcs2000_flattening));
  const double globe_m2 = 2 * pi * cgcs2000_semi_major_axis_m * cgcs2000_semi_major_axis_m *
                          (1 + (1 - eccentricity * eccentricity) / eccentricity * std::atanh(eccentricity));
  const auto measure = ring_area(octant);
  REQUIRE(measure.ok());
  CHECK(measure->area_m2 == doctest::Approx(globe_m2 / 8).epsilon(1e-12));
  CHECK(static_cast<double>(measure->perimeter_mm) ==
        doctest::Approx((2 * 10'001'965.729 + 6378137.0 * pi / 2) * 1000).epsilon(1e-9));
}

TEST_CASE("a field near Tekes agrees with the radii of curvature, and its area in 1e-4 ha is whole square metres") {
  const double latitude = 43.2005 * pi / 180;
  const double flattening = cgcs2000_flattening, eccentricity2 = flattening * (2 - flattening);
  const double w = std::sqrt(1 - eccentricity2 * std::sin(latitude) * std::sin(latitude));
  const double north_m = cgcs2000_semi_major_axis_m * (1 - eccentricity2) / (w * w * w) * 0.001 * pi / 180;
  const double east_m = cgcs2000_semi_major_axis_m / w * std::cos(latitude) * 0.001 * pi / 180;
  const auto measure = ring_area(ring_of({{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}));
  REQUIRE(measure.ok());
  CHECK(measure->area_m2 == doctest::Approx(north_m * east_m).epsilon(1e-7));
  CHECK(measure->area_hectare_e4 == std::llround(measure->area_m2));
  CHECK(static_cast<double>(measure->perimeter_mm) == doctest::Approx(2000 * (north_m + east_m)).epsilon(1e-5));
  CHECK(measure->points == 4);
}

TEST_CASE("walked the other way round, closed or not, with standing still: the same area") {
  const auto plain = ring_area(ring_of({{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}));
  const auto other_way = ring_area(ring_of({{0, 1000}, {1000, 1000}, {1000, 0}, {0, 0}}));
  const auto stood =
      ring_area(ring_of({{0, 0}, {0, 0}, {1000, 0}, {1000, 1000}, {1000, 1000}, {0, 1000}, {0, 0}, {0, 0}}));
  REQUIRE(stood.ok());
  CHECK(other_way->area_hectare_e4 == plain->area_hectare_e4);
  CHECK(stood->area_hectare_e4 == plain->area_hectare_e4);
  CHECK(stood->perimeter_mm == plain->perimeter_mm);
  CHECK(stood->points == 4);
}

TEST_CASE("a ring across the 180° meridian is as large as the same ring elsewhere") {
  std::vector<Position> here, there;
  for (const auto& [north, east] : {std::pair{0, -1}, {0, 1}, {1, 1}, {1, -1}}) {
    here.push_back({north * degree, east * degree});
    const std::int64_t longitude = 180 * degree + east * degree;
    there.push_back({north * degree, longitude > 180 * degree ? longitude - 360 * degree : longitude});
  }
  REQUIRE(ring_area(there).ok());
  CHECK(ring_area(there)->area_hectare_e4 == ring_area(here)->area_hectare_e4);
}

TEST_CASE("fewer than three different points have no area") {
  for (const auto& ring : {ring_of({}), ring_of({{0, 0}, {1, 1}}), ring_of({{0, 0}, {5, 5}, {5, 5}, {0, 0}})}) {
    const auto refused = ring_area(ring);
    REQUIRE(!refused.ok());
    CHECK(refused.error().code() == ErrorCode::bad_input);
    CHECK(refused.error().message().find("3") != std::string::npos);
  }
}

TEST_CASE("a figure of eight names its two sides by the points as they were given") {
  // Point 2 is given twice: the numbers a person sees count it.
  const auto refused = ring_area(ring_of({{0, 0}, {10, 10}, {10, 10}, {10, 0}, {0, 10}}));
  REQUIRE(!refused.ok());
  CHECK(refused.error().message().find("边 1–2 与边 4–5") != std::string::npos);
}

TEST_CASE("touching and walking straight back are refused too") {
  CHECK(!ring_area(ring_of({{0, 0}, {0, 10}, {10, 10}, {0, 5}, {10, 0}})).ok());
  CHECK(!ring_area(ring_of({{0, 0}, {0, 10}, {0, 5}, {10, 5}})).ok());
  CHECK(!ring_area(ring_of({{0, 0}, {5, 5}, {10, 10}})).ok());
}

TEST_CASE("a corner off the globe and a ring too long are refused with their place") {
  auto ring = ring_of({{0, 0}, {10, 0}, {10, 10}});
  ring[2].latitude_nanodegrees = 99 * degree;
  const auto refused = ring_area(ring);
  REQUIRE(!refused.ok());
  CHECK(refused.error().message().find("第 3 点") != std::string::npos);
  CHECK(!ring_area(std::vector<Position>(limits::ring_points_max + 1)).ok());
}

TEST_CASE("crossings agree with the slow check of every pair on random small rings") {
  tests::SeededRandom random(20260501);
  int simple = 0, crossed = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Position> ring;
    const std::size_t corners = 3 + random.below(5);
    while (ring.size() < corners) {
      const Position next{static_cast<std::int64_t>(random.below(6)), static_cast<std::int64_t>(random.below(6))};
      if (ring.empty() || next != ring.back()) ring.push_back(next);
    }
    if (ring.front() == ring.back()) continue;
    const bool slow = crosses_slowly(ring);
    REQUIRE(find_crossing(ring).has_value() == slow);
    ++(slow ? crossed : simple);
  }
  CHECK(simple > 1000);
  CHECK(crossed > 1000);
}

TEST_CASE("an outline of 100,000 corners is measured, and is the circle it follows") {
  std::vector<Position> circle;
  for (int i = 0; i < 100'000; ++i) {
    const double angle = 2 * pi * i / 100'000;
    circle.push_back({std::llround(10'000'000 * std::sin(angle)), std::llround(10'000'000 * std::cos(angle))});
  }
  const auto measure = ring_area(circle);
  REQUIRE(measure.ok());
  CHECK(measure->area_m2 == doctest::Approx(pi * 0.01 * 0.01 * 111319.49 * 110574.28).epsilon(1e-5));
}

TEST_CASE("areas and perimeters agree with GeographicLib's Planimeter on random rings of the county") {
  const tests::TemporaryFolder folder;
  std::mt19937_64 engine(20260924);
  double worst_m2 = 0, worst_m = 0;
  for (int round = 0; round < 60; ++round) {
    const int corners = 3 + round;
    const std::vector<Position> ring = star(engine, corners);
    const std::string points = (folder / "points").string(), out = (folder / "out").string();
    {
      std::ofstream file(points);
      for (const Position& corner : ring) {
        file << degrees_text(corner.latitude_nanodegrees) << " " << degrees_text(corner.longitude_nanodegrees) << "\n";
      }
    }
    const int status = std::system(
        ("Planimeter -e 6378137 1/298.257222101 -p 9 --input-file '" + points + "' >'" + out + "' 2>/dev/null")
            .c_str());
    if (status != 0) {
      MESSAGE("SKIPPED: there is no Planimeter (geographiclib-tools)");
      return;
    }
    double count = 0, perimeter_m = 0, area_m2 = 0;
    std::ifstream(out) >> count >> perimeter_m >> area_m2;
    const auto measured = ring_area(ring);
    REQUIRE(measured.ok());
    CHECK(count == corners);
    worst_m2 = std::max(worst_m2, std::abs(measured->area_m2 - std::abs(area_m2)));
    worst_m = std::max(worst_m, std::abs(static_cast<double>(measured->perimeter_mm) / 1000 - perimeter_m));
  }
  MESSAGE("areas differ by at most ", worst_m2, " m2, perimeters by ", worst_m, " m");
  CHECK(worst_m2 < 0.01);    // of up to 2e8 m2, and Planimeter prints a few decimals
  CHECK(worst_m < 0.00051);  // ours is in whole millimetres
}

TEST_CASE("areas agree with PostGIS on the same ellipsoid, as the county's own database computes them") {
  const char* database = std::getenv("KUANGXUN_TEST_POSTGRES");
  if (database == nullptr) {
    MESSAGE("SKIPPED: no PostgreSQL here (packaging/postgres.sh run …)");
    return;
  }
  const tests::TemporaryFolder folder;
  const std::string script = (folder / "areas.sql").string(), out = (folder / "out").string();
  std::mt19937_64 engine(20260925);
  std::vector<double> ours_m2;
  {
    std::ofstream file(script);
    file << "DROP DATABASE IF EXISTS kuangxun_areas;\nCREATE DATABASE kuangxun_areas;\n\\c kuangxun_areas\n"
            "CREATE EXTENSION postgis;\n\\t on\n\\a\n\\o "
         << out << "\n";
    for (int round = 0; round < 60; ++round) {
      const std::vector<Position> ring = star(engine, 3 + round);
      const auto measured = ring_area(ring);
      REQUIRE(measured.ok());
      ours_m2.push_back(measured->area_m2);
      file << "SELECT ST_Area(ST_GeogFromText('SRID=4490;POLYGON((";
      for (std::size_t i = 0; i <= ring.size(); ++i) {
        const Position& corner = ring[i % ring.size()];
        file << (i > 0 ? "," : "") << degrees_text(corner.longitude_nanodegrees) << " "
             << degrees_text(corner.latitude_nanodegrees);
      }
      file << "))'), true);\n";
    }
    file << "\\o\n\\c postgres\nDROP DATABASE kuangxun_areas;\n";
  }
  const std::string command = "psql -q -v ON_ERROR_STOP=1 -f '" + script + "' '" + database + "' >/dev/null";
  REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream answers(out);
  double worst_share = 0;
  for (const double ours : ours_m2) {
    double theirs = 0;
    REQUIRE(static_cast<bool>(answers >> theirs));
    worst_share = std::max(worst_share, std::abs(ours / theirs - 1));
  }
  MESSAGE("areas differ by at most ", worst_share, " of themselves");
  CHECK(worst_share < 1e-6);
}
