#include "app/geo/overlap.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "app/geo/ring.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr std::int64_t middle_latitude = 43'200'000'000, middle_longitude = 81'800'000'000;
constexpr double north_m = 111'098.0 / 1e9;  // of a nanodegree, at 43.2°
constexpr double east_m = 81'267.0 / 1e9;

// Metres east and north of the middle of the site.
Position at(double east, double north) {
  return {middle_latitude + std::llround(north / north_m), middle_longitude + std::llround(east / east_m)};
}

using Outline = std::vector<std::pair<double, double>>;

std::vector<Position> ring_of(const Outline& outline) {
  std::vector<Position> ring;
  for (const auto& [east, north] : outline) ring.push_back(at(east, north));
  return ring;
}

std::vector<MeasuredCorner> walked(const Outline& outline, std::optional<double> accuracy_m,
                                   std::int64_t step_ms = 60'000) {
  std::vector<MeasuredCorner> ring;
  for (const auto& [east, north] : outline) {
    ring.push_back({at(east, north), accuracy_m, static_cast<std::int64_t>(ring.size()) * step_ms});
  }
  return ring;
}

Outline square(double east, double north, double side) {
  return {{east, north}, {east + side, north}, {east + side, north + side}, {east, north + side}};
}

Boundary licence(const std::vector<Outline>& outlines, std::optional<std::int64_t> accuracy_mm = 100) {
  std::vector<std::vector<Position>> rings;
  for (const Outline& outline : outlines) rings.push_back(ring_of(outline));
  return *Boundary::make(std::move(rings), accuracy_mm);
}

Outline star(std::mt19937_64& engine, double east, double north, double radius_m, int corners) {
  Outline outline;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * pi * i / corners;
    const double radius = radius_m * (0.3 + 0.7 * static_cast<double>(engine() % 1000) / 1000);
    outline.emplace_back(east + radius * std::cos(angle), north + radius * std::sin(angle));
  }
  return outline;
}

Overlap lay(const std::vector<MeasuredCorner>& ring, const Boundary& boundary) {
  const auto found = overlap(ring, boundary);
  REQUIRE_MESSAGE(found.ok(), found.error().message());
  return *found;
}

}  // namespace

TEST_CASE("a pit well inside the licence is inside, and nothing of it is outside") {
  const Overlap found = lay(walked(square(100, 100, 50), 3), licence({square(0, 0, 500)}));
  CHECK(found.standing == Standing::inside);
  CHECK(found.outside.area_m2 == 0);
  CHECK(found.inside.area_m2 == doctest::Approx(found.whole.area_m2).epsilon(1e-6));
  CHECK(found.whole.area_m2 == doctest::Approx(2500).epsilon(1e-3));
}

TEST_CASE("a pit that reaches over the line by forty metres is outside, with its share and how far") {
  const Overlap found = lay(walked(square(440, 100, 100), 3), licence({square(0, 0, 500)}));
  CHECK(found.standing == Standing::outside);
  CHECK(found.outside.area_m2 == doctest::Approx(4000).epsilon(2e-3));
  CHECK(found.share_outside == doctest::Approx(0.4).epsilon(2e-3));
  CHECK(found.farthest_m == doctest::Approx(40).epsilon(2e-3));
  CHECK(*found.farthest_error_m == doctest::Approx(3 / std::sqrt(2.0)).epsilon(0.01));
  CHECK(found.outside.area_m2 + found.inside.area_m2 == doctest::Approx(found.whole.area_m2).epsilon(1e-6));
}

TEST_CASE("a pit dug up to the line cannot be told, although none of it is computed outside") {
  const Overlap found = lay(walked(square(398.5, 100, 100), 3), licence({square(0, 0, 500)}));
  CHECK(found.standing == Standing::cannot_tell);
  CHECK(found.outside.area_m2 == 0);
  // A strip of a hundred metres that may be some two wide: not known to the square metre.
  CHECK(*found.outside.error_m2 > 50);
}

TEST_CASE("a hole of the licence that a pit covers is found, though every corner walked is inside") {
  const Boundary with_hole = licence({square(0, 0, 500), square(230, 230, 40)});
  const Overlap found = lay(walked(square(150, 150, 200), 3), with_hole);
  CHECK(found.standing == Standing::outside);
  CHECK(found.outside.area_m2 == doctest::Approx(1600).epsilon(2e-3));
  CHECK(found.farthest_m == 0);
  // A hole smaller than what the receiver knows is none to rely on.
  CHECK(lay(walked(square(150, 150, 200), 3), licence({square(0, 0, 500), square(347, 250, 2)})).standing ==
        Standing::cannot_tell);
}

TEST_CASE("a pit across the strip between the two parts of a licence is outside") {
  const Boundary two_parts = licence({square(0, 0, 200), square(230, 0, 200)});
  const Overlap found = lay(walked({{150, 50}, {280, 50}, {280, 150}, {150, 150}}, 2), two_parts);
  CHECK(found.standing == Standing::outside);
  CHECK(found.outside.area_m2 == doctest::Approx(3000).epsilon(2e-3));
}

TEST_CASE("the licence itself, walked exactly, cannot be told; elsewhere all of it is outside") {
  const Boundary boundary = licence({square(0, 0, 500)});
  const Overlap same = lay(walked(square(0, 0, 500), 1), boundary);
  CHECK(same.standing == Standing::cannot_tell);
  CHECK(same.outside.area_m2 < 0.1);
  const Overlap elsewhere = lay(walked(square(3000, 0, 100), 5), boundary);
  CHECK(elsewhere.standing == Standing::outside);
  CHECK(elsewhere.share_outside == doctest::Approx(1).epsilon(1e-6));
  CHECK_FALSE(overlap(walked(square(500'000, 0, 100), 5), boundary).ok());
}

TEST_CASE("without an accuracy on either side there are figures and no verdict") {
  const Overlap no_receiver = lay(walked(square(440, 100, 100), std::nullopt), licence({square(0, 0, 500)}));
  CHECK(no_receiver.standing == Standing::cannot_tell);
  CHECK_FALSE(no_receiver.outside.error_m2);
  CHECK_FALSE(no_receiver.whole.error_m2);
  const Overlap no_corners = lay(walked(square(440, 100, 100), 3), licence({square(0, 0, 500)}, std::nullopt));
  CHECK(no_corners.standing == Standing::cannot_tell);
  CHECK(no_corners.whole.error_m2);
  CHECK_FALSE(no_corners.share_error);
  CHECK(no_corners.outside.area_m2 > 3900);
}

TEST_CASE("a ring that crosses itself, and rings of a licence that cross each other, are refused by name") {
  const auto crossed = overlap(walked({{0, 0}, {100, 100}, {100, 0}, {0, 100}}, 3), licence({square(0, 0, 500)}));
  REQUIRE_FALSE(crossed.ok());
  CHECK(crossed.error().message().find("边线自相交") != std::string::npos);
  const auto doubled = overlap(walked(square(100, 100, 50), 3), licence({square(0, 0, 500), square(400, 100, 500)}));
  REQUIRE_FALSE(doubled.ok());
  CHECK(doubled.error().message().find("互相交叉") != std::string::npos);
}

TEST_CASE("areas are those that placing a fine grid of points gives, with holes and several rings") {
  std::mt19937_64 engine(11);
  for (int trial = 0; trial < 3; ++trial) {
    const auto ring = walked(star(engine, 0, 0, 100, 15), 3);
    std::vector<Position> outline;
    for (const MeasuredCorner& corner : ring) outline.push_back(corner.position);
    const Boundary area = *Boundary::make({outline}, std::nullopt);
    const Boundary boundary = licence({star(engine, 30, 0, 120, 12), star(engine, 300, 0, 100, 8), square(25, -5, 12)});
    const Overlap found = lay(ring, boundary);
    double inside = 0, outside = 0;
    constexpr double step = 1.3;
    for (double x = -100; x < 100; x += step) {
      for (double y = -100; y < 100; y += step) {
        if (place(at(x, y), std::nullopt, area)->distance_m > 0) continue;
        (place(at(x, y), std::nullopt, boundary)->distance_m > 0 ? outside : inside) += step * step;
      }
    }
    CAPTURE(trial);
    CHECK(std::abs(found.inside.area_m2 - inside) < 80);
    CHECK(std::abs(found.outside.area_m2 - outside) < 80);
  }
}

TEST_CASE("inside and outside add up to the whole to a tenth of a millimetre of their outlines, also 60 km away") {
  std::mt19937_64 engine(5);
  for (int trial = 0; trial < 50; ++trial) {
    const double reach_m = trial < 25 ? 300 : 30'000;
    const auto ring = walked(star(engine, 0, 0, reach_m, 40), 3);
    const Boundary boundary = licence({star(engine, reach_m / 2, 0, reach_m, 30)});
    const Overlap found = lay(ring, boundary);
    CAPTURE(trial);
    std::vector<Position> outline;
    for (const MeasuredCorner& corner : ring) outline.push_back(corner.position);
    const double perimeter_m = static_cast<double>(ring_area(outline)->perimeter_mm) / 1000;
    CHECK(std::abs(found.inside.area_m2 + found.outside.area_m2 - found.whole.area_m2) < 2e-4 * perimeter_m + 0.01);
  }
}

TEST_CASE("the errors are those of measuring in many worlds: alike in time, and corners alone or together") {
  std::mt19937_64 engine(21);
  std::normal_distribution<double> normal;
  const Outline pit = {{-60, -50}, {0, -70}, {70, -40}, {80, 30}, {20, 60}, {-50, 40}};
  const Outline line = {{-200, -150}, {30, -160}, {20, 150}, {-190, 160}};
  constexpr double accuracy_m = 3, corner_m = 1;
  const Overlap found = lay(walked(pit, accuracy_m), licence({line}, 1000));
  double greatest = 0;
  for (const double alike : {0.0, 0.6, 0.95}) {
    for (const bool together : {false, true}) {
      double sum = 0, squares = 0, share_sum = 0, share_squares = 0;
      constexpr int worlds = 1500;
      for (int world = 0; world < worlds; ++world) {
        Outline seen = pit, real = line;
        double east = 0, north = 0;
        for (std::size_t i = 0; i < seen.size(); ++i) {
          const double fresh = i == 0 ? 1 : std::sqrt(1 - alike * alike);
          east = (i == 0 ? 0 : alike * east) + fresh * accuracy_m / std::sqrt(2.0) * normal(engine);
          north = (i == 0 ? 0 : alike * north) + fresh * accuracy_m / std::sqrt(2.0) * normal(engine);
          seen[i].first += east;
          seen[i].second += north;
        }
        for (std::size_t i = 0; i < real.size(); ++i) {
          if (i == 0 || !together) east = corner_m / std::sqrt(2.0) * normal(engine);
          if (i == 0 || !together) north = corner_m / std::sqrt(2.0) * normal(engine);
          real[i].first += east;
          real[i].second += north;
        }
        const Overlap one = lay(walked(seen, std::nullopt), licence({real}, std::nullopt));
        sum += one.outside.area_m2;
        squares += one.outside.area_m2 * one.outside.area_m2;
        share_sum += one.share_outside;
        share_squares += one.share_outside * one.share_outside;
      }
      const double scatter = std::sqrt(squares / worlds - sum / worlds * (sum / worlds));
      const double share = std::sqrt(share_squares / worlds - share_sum / worlds * (share_sum / worlds));
      greatest = std::max(greatest, scatter);
      CAPTURE(alike);
      CAPTURE(together);
      CHECK(*found.outside.error_m2 > 0.95 * scatter);
      CHECK(*found.share_error > 0.95 * share);
    }
  }
  MESSAGE("said ", *found.outside.error_m2, " m2, the worst of the worlds ", greatest);
  CHECK(*found.outside.error_m2 < 1.3 * greatest);
}

TEST_CASE("verdicts in many worlds are bolder than the truth in at most one of twenty") {
  std::mt19937_64 engine(8);
  std::normal_distribution<double> normal;
  const Boundary boundary = licence({square(0, 0, 500)}, 500);
  int wrong_outside = 0, wrong_inside = 0, told = 0;
  constexpr int worlds = 600;
  for (int world = 0; world < worlds; ++world) {
    // Legal to the line, and two metres over it; both measured with independent errors at forty places.
    for (const double over_m : {-0.01, 2.0}) {
      const double edge = 500 + over_m;
      Outline seen;
      for (int i = 0; i < 20; ++i) seen.emplace_back(edge, 100 + 10 * i);
      for (int i = 0; i < 20; ++i) seen.emplace_back(edge - 150, 300 - 10 * i);
      for (auto& [east, north] : seen) {
        east += 2 / std::sqrt(2.0) * normal(engine);
        north += 2 / std::sqrt(2.0) * normal(engine);
      }
      const Overlap found = lay(walked(seen, 2), boundary);
      told += found.standing != Standing::cannot_tell ? 1 : 0;
      if (over_m < 0 && found.standing == Standing::outside) ++wrong_outside;
      if (over_m > 0 && found.standing == Standing::inside) ++wrong_inside;
    }
  }
  MESSAGE("of ", worlds, " worlds each: wrongly outside ", wrong_outside, ", wrongly inside ", wrong_inside, ", told ",
          told);
  CHECK(wrong_outside <= worlds / 20);
  CHECK(wrong_inside <= worlds / 20);
  CHECK(told > 0);
}

TEST_CASE("overlaps agree with PostGIS, as the county's own database computes them") {
  const char* database = std::getenv("KUANGXUN_TEST_POSTGRES");
  if (database == nullptr) {
    MESSAGE("SKIPPED: no PostgreSQL here (packaging/postgres.sh run …)");
    return;
  }
  const tests::TemporaryFolder folder;
  const std::string script = (folder / "overlap.sql").string(), out = (folder / "out").string();
  std::mt19937_64 engine(20261128);
  std::vector<double> ours_m2;
  {
    std::ofstream file(script);
    file << "DROP DATABASE IF EXISTS kuangxun_overlap;\nCREATE DATABASE kuangxun_overlap;\n\\c kuangxun_overlap\n"
            "CREATE EXTENSION postgis;\n\\t on\n\\a\n\\o "
         << out << "\n";
    file.precision(12);
    const auto polygon = [&](const std::vector<Outline>& rings) {
      file << "ST_GeomFromText('POLYGON(";
      for (std::size_t k = 0; k < rings.size(); ++k) {
        file << (k > 0 ? ",(" : "(");
        for (std::size_t i = 0; i <= rings[k].size(); ++i) {
          const auto& [east, north] = rings[k][i % rings[k].size()];
          const Position corner = at(east, north);
          file << (i > 0 ? "," : "") << static_cast<double>(corner.longitude_nanodegrees) / 1e9 << " "
               << static_cast<double>(corner.latitude_nanodegrees) / 1e9;
        }
        file << ")";
      }
      file << ")', 4490)";
    };
    for (int round = 0; round < 40; ++round) {
      const Outline pit = star(engine, 0, 0, 150, 20);
      const Outline line = star(engine, 60, 0, 200, 30);
      const Outline hole = square(55, -5, 15);
      const Overlap found = lay(walked(pit, 3), licence({line, hole}));
      for (const char* what : {"ST_Intersection", "ST_Difference"}) {
        file << "SELECT ST_Area(geography(" << what << "(";
        polygon({pit});
        file << ", ";
        polygon({line, hole});
        file << ")), true);\n";
      }
      ours_m2.push_back(found.inside.area_m2);
      ours_m2.push_back(found.outside.area_m2);
    }
    file << "\\o\n\\c postgres\nDROP DATABASE kuangxun_overlap;\n";
  }
  const std::string command = "psql -q -v ON_ERROR_STOP=1 -f '" + script + "' '" + database + "' >/dev/null";
  REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream answers(out);
  double worst_m2 = 0;
  for (const double ours : ours_m2) {
    double theirs = 0;
    REQUIRE(static_cast<bool>(answers >> theirs));
    worst_m2 = std::max(worst_m2, std::abs(ours - theirs));
  }
  MESSAGE("overlaps differ by at most ", worst_m2, " m2");
  // Their sides are straight in degrees, ours geodesics: over 100 m they part by 0.2 mm.
  CHECK(worst_m2 < 0.2);
}
