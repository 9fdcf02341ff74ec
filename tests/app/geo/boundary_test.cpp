#include "app/geo/boundary.h"

#include <doctest/doctest.h>

#include <GeographicLib/Geodesic.hpp>
#include <cmath>
#include <random>

#include "app/geo/geodesy.h"
#include "db/language/language.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

const Position middle{43'200'000'000, 81'800'000'000};

const GeographicLib::Geodesic& earth() {
  static const GeographicLib::Geodesic geodesic(cgcs2000_semi_major_axis_m, cgcs2000_flattening);
  return geodesic;
}

Position away(const Position& from, double azimuth_deg, double metres) {
  double latitude_deg = 0, longitude_deg = 0;
  earth().Direct(static_cast<double>(from.latitude_nanodegrees) / 1e9,
                 static_cast<double>(from.longitude_nanodegrees) / 1e9, azimuth_deg, metres, latitude_deg,
                 longitude_deg);
  return {std::llround(latitude_deg * 1e9), std::llround(longitude_deg * 1e9)};
}

// From the middle, metres to the north and east.
Position at(double north_m, double east_m) {
  return away(middle, std::atan2(east_m, north_m) * 180 / 3.14159265358979, std::hypot(north_m, east_m));
}

std::vector<Position> square(double half_m) {
  return {at(-half_m, -half_m), at(-half_m, half_m), at(half_m, half_m), at(half_m, -half_m)};
}

Boundary boundary_of(std::vector<std::vector<Position>> rings, std::optional<std::int64_t> accuracy_mm = 0) {
  auto made = Boundary::make(std::move(rings), accuracy_mm);
  REQUIRE_MESSAGE(made.ok(), made.error().message());
  return *std::move(made);
}

Placement placed(const Position& position, std::optional<std::int64_t> accuracy_mm, const Boundary& boundary) {
  auto placement = place(position, accuracy_mm, boundary);
  REQUIRE(placement.ok());
  return *std::move(placement);
}

// The slow way: many points along every side.
double slow_distance_m(const Position& position, const Boundary& boundary) {
  double least_m = 1e9;
  for (const auto& ring : boundary.rings()) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto leg = measure_leg(ring[i], ring[(i + 1) % ring.size()]);
      REQUIRE(leg.ok());
      const auto at_share = [&](double share) {
        return *distance_m(position, away(ring[i], *leg->azimuth_deg, leg->distance_m * share));
      };
      int best = 0;
      constexpr int steps = 200;
      for (int step = 0; step <= steps; ++step) {
        if (at_share(step / double(steps)) < at_share(best / double(steps))) best = step;
      }
      double low = std::max(0, best - 1) / double(steps), high = std::min(steps, best + 1) / double(steps);
      for (int round = 0; round < 60; ++round) {
        const double a = low + (high - low) / 3, b = high - (high - low) / 3;
        (at_share(a) < at_share(b) ? high : low) = at_share(a) < at_share(b) ? b : a;
      }
      least_m = std::min(least_m, at_share((low + high) / 2));
    }
  }
  return least_m;
}

}  // namespace

TEST_CASE("the distance to the line is that of the slow way, for sides of kilometres too") {
  tests::SeededRandom random(7);
  double worst_m = 0;
  for (int round = 0; round < 12; ++round) {
    const double half_m = 50.0 * std::pow(2, round % 6);
    const Boundary boundary = boundary_of({square(half_m)});
    for (int i = 0; i < 4; ++i) {
      const Position position =
          at((double(random.below(3000)) / 1000 - 1.5) * half_m, (double(random.below(3000)) / 1000 - 1.5) * half_m);
      const Placement placement = placed(position, 1'000, boundary);
      worst_m = std::max(worst_m, std::fabs(std::fabs(placement.distance_m) - slow_distance_m(position, boundary)));
    }
  }
  MESSAGE("worst difference " << worst_m * 1000 << " mm");
  CHECK(worst_m < 0.001);
}

TEST_CASE("the chance of being inside is what a hundred thousand worlds say: at a side, at a corner, by a hole") {
  const Boundary with_hole = boundary_of({square(30), square(8)}, 3'000);
  std::mt19937_64 generator(4);
  std::normal_distribution<double> normal;
  const double sigma_m = std::hypot(4.0, 3.0) / std::sqrt(2.0);
  for (const auto& [north_m, east_m] :
       {std::pair(0.0, 27.0), std::pair(29.0, 29.0), std::pair(31.0, 31.0), std::pair(0.0, 10.0), std::pair(0.0, 0.0),
        std::pair(33.0, 0.0), std::pair(30.0, 0.0), std::pair(30.0, 30.0)}) {
    int inside = 0;
    constexpr int worlds = 100'000;
    for (int i = 0; i < worlds; ++i) {
      const double north = north_m + sigma_m * normal(generator);
      const double east = east_m + sigma_m * normal(generator);
      const double reach = std::max(std::fabs(north), std::fabs(east));
      inside += 8 < reach && reach < 30 ? 1 : 0;
    }
    const Placement placement = placed(at(north_m, east_m), 4'000, with_hole);
    REQUIRE(placement.probability_inside.has_value());
    CHECK(std::fabs(*placement.probability_inside - double(inside) / worlds) < 0.006);
  }
}

// Corners that are really wrong, each by itself, not the cautious sum that is reckoned with.
TEST_CASE("a verdict is wrong in at most five of a hundred worlds") {
  std::mt19937_64 generator(5);
  std::normal_distribution<double> normal;
  const double receiver_m = 3 / std::sqrt(2.0), corner_m = 2 / std::sqrt(2.0);
  int judged = 0, wrong = 0, open = 0;
  for (int i = 0; i < 4'000; ++i) {
    const double north = 100 * (double(generator() % 1000) / 1000 - 0.5);
    const double east = 100 * (double(generator() % 1000) / 1000 - 0.5);
    const bool is_inside = std::max(std::fabs(north), std::fabs(east)) < 40;
    std::vector<Position> ring;
    for (const auto& [a, b] : {std::pair(-40, -40), std::pair(-40, 40), std::pair(40, 40), std::pair(40, -40)}) {
      ring.push_back(at(a + corner_m * normal(generator), b + corner_m * normal(generator)));
    }
    const Boundary as_written = boundary_of({ring}, 2'000);
    const Placement placement =
        placed(at(north + receiver_m * normal(generator), east + receiver_m * normal(generator)), 3'000, as_written);
    if (placement.standing == Standing::cannot_tell) {
      ++open;
      continue;
    }
    ++judged;
    wrong += (placement.standing == Standing::inside) == is_inside ? 0 : 1;
  }
  MESSAGE(judged << " judged, " << wrong << " wrong, " << open << " left open");
  CHECK(judged > 2'500);
  CHECK(wrong * 100 <= judged * 5);
}

TEST_CASE("without an accuracy there is a distance and no verdict") {
  const Boundary known = boundary_of({square(100)}, 1'000);
  const Boundary unknown = boundary_of({square(100)}, std::nullopt);
  const Placement no_receiver = placed(at(0, 0), std::nullopt, known);
  CHECK(no_receiver.standing == Standing::cannot_tell);
  CHECK_FALSE(no_receiver.probability_inside.has_value());
  CHECK(no_receiver.distance_m == doctest::Approx(-100).epsilon(0.001));
  CHECK(placed(at(0, 0), 1'000, unknown).standing == Standing::cannot_tell);
  CHECK(placed(at(90'000, 0), 1'000, unknown).standing == Standing::cannot_tell);
  CHECK(placed(at(0, 0), 1'000, known).standing == Standing::inside);
  CHECK(placed(at(95, 0), 10'000, known).standing == Standing::cannot_tell);
}

TEST_CASE("holes, islands in holes and several rings count whatever way they were walked") {
  auto turned = square(60);
  std::ranges::reverse(turned);
  std::vector<Position> second;
  for (const Position& corner : square(20)) second.push_back(away(corner, 90, 1000));
  const Boundary boundary = boundary_of({square(20), turned, square(100), second}, 100);
  CHECK(placed(at(0, 0), 100, boundary).standing == Standing::inside);
  CHECK(placed(at(0, 40), 100, boundary).standing == Standing::outside);
  CHECK(placed(at(0, 80), 100, boundary).standing == Standing::inside);
  CHECK(placed(at(0, 1000), 100, boundary).standing == Standing::inside);
  CHECK(placed(at(0, 500), 100, boundary).standing == Standing::outside);
  CHECK(*boundary.area_m2() == doctest::Approx(40'000 - 14'400 + 1'600 + 1'600).epsilon(0.0001));
}

TEST_CASE("what is far away is outside, and its distance never too great") {
  const Boundary boundary = boundary_of({square(2'000)}, 1'000);
  tests::SeededRandom random(11);
  for (int i = 0; i < 60; ++i) {
    const Position position = at(double(random.below(200'000)) - 100'000, double(random.below(200'000)) - 100'000);
    const Placement placement = placed(position, 5'000, boundary);
    if (!placement.is_at_least) continue;
    CHECK(placement.standing == Standing::outside);
    CHECK(placement.distance_m <= slow_distance_m(position, boundary));
    CHECK(placement.distance_m > 4'000);
  }
}

TEST_CASE("a track is outside only when chance does not explain it") {
  const Boundary boundary = boundary_of({square(1'000)}, 500);
  std::vector<TrackPoint> track;
  for (int i = 0; i < 1'000; ++i) track.push_back({at(0, i - 500.0), 3'000});
  CHECK(place_track(track, boundary)->standing == Standing::inside);
  track.push_back({at(0, 1'004), 3'000});  // outside by itself, not among a thousand
  const auto doubtful = place_track(track, boundary);
  CHECK(doubtful->outside == 1);
  CHECK(doubtful->standing == Standing::cannot_tell);
  track.push_back({at(0, 1'050), 3'000});
  const auto out = place_track(track, boundary);
  CHECK(out->standing == Standing::outside);
  CHECK(out->first_outside == 1'000);
  CHECK(out->farthest_index == 1'001);
  CHECK(out->farthest_m == doctest::Approx(50).epsilon(0.01));
  CHECK(place_track({}, boundary)->standing == Standing::cannot_tell);
}

TEST_CASE("stake-out says how far, where to, and which way to turn") {
  const Position corner = at(30, 40);
  const auto far = stake_out(middle, corner, 350.0);
  REQUIRE(far.ok());
  CHECK(far->distance_m == doctest::Approx(50).epsilon(0.0001));
  CHECK(far->bearing_deg == doctest::Approx(53.13).epsilon(0.001));
  CHECK(*far->turn_deg == doctest::Approx(63.13).epsilon(0.001));
  CHECK_FALSE(far->is_fine);
  const auto near = stake_out(away(corner, 180, 0.5), corner, std::nullopt);
  CHECK(near->is_fine);
  CHECK(near->north_m == doctest::Approx(0.5).epsilon(0.01));
  CHECK_FALSE(near->turn_deg.has_value());
  CHECK(*stake_out(middle, corner, 200.0)->turn_deg == doctest::Approx(-146.87).epsilon(0.001));
}

TEST_CASE("a ring that cannot be one is named with its corner") {
  set_language(Language::english);
  const auto complaint = [](std::vector<std::vector<Position>> rings) {
    const auto made = Boundary::make(std::move(rings), 0);
    REQUIRE_FALSE(made.ok());
    return made.error().message();
  };
  CHECK(complaint({}).find("no corners") != std::string::npos);
  CHECK(complaint({square(10), {at(0, 0), at(0, 5)}}).find("ring 2") != std::string::npos);
  CHECK(complaint({{at(0, 0), at(0, 5), at(0, 5), at(5, 5)}}).find("corners 2 and 3") != std::string::npos);
  CHECK(complaint({{at(-5, -5), at(5, 5), at(-5, 5), at(5, -5)}}).find("cross") != std::string::npos);
  set_language(Language::chinese);
}
