#include "app/gps/averager.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace kuangxun;
using namespace kuangxun::gps;

namespace {

constexpr double north_mm = 0.1111;
constexpr double east_mm = 0.0813;  // at 43.2°

Fix fix_at(double north_m, double east_m, std::int64_t second) {
  Fix fix;
  fix.utc_ms = 1'777'593'600'000 + second * 1000;
  fix.latitude_nanodegrees = 43'200'000'000 + std::llround(north_m * 1000 / north_mm);
  fix.longitude_nanodegrees = 81'800'000'000 + std::llround(east_m * 1000 / east_mm);
  fix.accuracy_mm = 5000;
  return fix;
}

Average mean_of(const Averager& averager) {
  const auto average = averager.mean();
  REQUIRE(average.ok());
  return *average;
}

}  // namespace

TEST_CASE("the mean lies in the middle, with the heights only if every fix has one") {
  Averager averager;
  for (int i = 0; i < 4; ++i) {
    Fix fix = fix_at(i % 2 == 0 ? 3 : -3, i / 2 == 0 ? 4 : -4, i);
    fix.orthometric_height_mm = 1'200'000 + i;
    if (i != 2) fix.geoid_separation_mm = -40'000;
    REQUIRE(averager.add(fix));
  }
  const auto average = mean_of(averager);
  CHECK(std::abs(average.latitude_nanodegrees - 43'200'000'000) <= 1);
  CHECK(std::abs(average.longitude_nanodegrees - 81'800'000'000) <= 1);
  CHECK(average.spread_max_mm == doctest::Approx(5000).epsilon(0.01));
  CHECK(*average.orthometric_height_mm == 1'200'002);
  CHECK(!average.geoid_separation_mm);
  CHECK(average.fixes == 4);
  CHECK(average.duration_ms == 3000);
}

TEST_CASE("ten a second for half a minute promises hardly more than one fix; ten minutes promise more") {
  Averager half_minute, ten_minutes;
  for (int i = 0; i < 300; ++i) {
    Fix fix = fix_at(0, 0, 0);
    *fix.utc_ms += i * 100;
    half_minute.add(fix);
  }
  for (int i = 0; i <= 600; ++i) ten_minutes.add(fix_at(0, 0, i));
  CHECK(*mean_of(half_minute).accuracy_mm > 4400);
  CHECK(*mean_of(ten_minutes).accuracy_mm == doctest::Approx(5000 / std::sqrt(6)).epsilon(0.01));
}

TEST_CASE("correlated fixes count for fewer than independent ones, as their real scatter of means shows") {
  // A first-order process of correlation 0.9 and 1 m, 400 fixes: the mean's true error is known.
  std::mt19937_64 engine(42);
  std::normal_distribution<double> normal;
  double estimated = 0, squares = 0;
  constexpr int rounds = 200, count = 400;
  for (int round = 0; round < rounds; ++round) {
    Averager averager;
    double north = normal(engine), east = normal(engine), north_sum = 0, east_sum = 0;
    for (int i = 0; i < count; ++i) {
      averager.add(fix_at(north, east, i));
      north_sum += north;
      east_sum += east;
      north = 0.9 * north + std::sqrt(1 - 0.81) * normal(engine);
      east = 0.9 * east + std::sqrt(1 - 0.81) * normal(engine);
    }
    squares += (north_sum * north_sum + east_sum * east_sum) / count / count;
    const auto average = mean_of(averager);
    CHECK(average.effective_fixes < 60);
    estimated += static_cast<double>(average.scatter_standard_error_mm) / rounds;
  }
  const double true_error_mm = std::sqrt(squares / rounds) * 1000;
  CHECK(estimated == doctest::Approx(true_error_mm).epsilon(0.15));
  CHECK(estimated > 3 * std::sqrt(2.0) * 1000 / std::sqrt(count));  // what sqrt(n) would have claimed
}

TEST_CASE("one fix is no average, another place is not mixed in, and an unknown accuracy stays unknown") {
  Averager averager;
  CHECK(!averager.mean().ok());
  Fix first = fix_at(0, 0, 0);
  CHECK(averager.add(first));
  const auto refused = averager.mean();
  REQUIRE(!refused.ok());
  CHECK(refused.error().code() == ErrorCode::bad_input);
  CHECK(!averager.add(fix_at(2000, 0, 1)));
  CHECK(averager.count() == 1);
  Fix second = fix_at(0, 0, 1);
  second.accuracy_mm.reset();
  averager.add(second);
  CHECK(!mean_of(averager).accuracy_mm);
}

TEST_CASE("fixes on both sides of the 180° meridian have their mean on it, not at Greenwich") {
  Averager averager;
  Fix west = fix_at(0, 0, 0), east = fix_at(0, 0, 1);
  west.longitude_nanodegrees = -179'999'999'000;
  east.longitude_nanodegrees = 179'999'999'000;
  CHECK(averager.add(west));
  CHECK(averager.add(east));
  CHECK(std::abs(mean_of(averager).longitude_nanodegrees) == 180'000'000'000);
}

TEST_CASE("memory is bounded") {
  Averager averager;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < Averager::fixes_max + 10; ++i) taken += averager.add(fix_at(0, 0, 0)) ? 1 : 0;
  CHECK(taken == Averager::fixes_max);
}

TEST_CASE("a reflection of some seconds is left out; somebody who walks away is not, and the spread shows it") {
  std::mt19937_64 engine(7);
  std::normal_distribution<double> normal;
  Averager reflected, walked;
  for (int i = 0; i < 120; ++i) {
    const double north = 0.5 * normal(engine), east = 0.5 * normal(engine);
    const bool is_reflected = 40 <= i && i < 50;
    reflected.add(fix_at(north + (is_reflected ? 25 : 0), east, i));
    walked.add(fix_at(north + i, east, i));
  }
  const auto still = mean_of(reflected);
  CHECK(still.outliers == 10);
  CHECK(still.fixes == 110);
  CHECK(std::abs(still.latitude_nanodegrees - 43'200'000'000) < 2'000);
  CHECK(still.spread_max_mm < 3'000);
  const auto away = mean_of(walked);
  CHECK(away.outliers == 0);
  CHECK(away.spread_max_mm > 55'000);
}

TEST_CASE("honest noise loses almost no fix to the rule for outliers") {
  std::mt19937_64 engine(11);
  std::normal_distribution<double> normal;
  int left_out = 0;
  for (int round = 0; round < 100; ++round) {
    Averager averager;
    for (int i = 0; i < 200; ++i) averager.add(fix_at(2 * normal(engine), 2 * normal(engine), i));
    left_out += mean_of(averager).outliers;
  }
  CHECK(left_out <= 2);  // of 20,000: a Rayleigh distance beyond five deviations has a chance of 4 in a million
}

TEST_CASE("averaging ends by count, by time or by accuracy, whichever comes first") {
  const auto ends_at = [](const StopRule& rule) {
    Averager averager;
    for (int i = 0; i < 3000; ++i) {
      averager.add(fix_at(0.01 * (i % 3), 0, i));
      if (averager.is_enough(rule)) return i + 1;
    }
    return 0;
  };
  CHECK(ends_at({.fixes = 30}) == 30);
  CHECK(ends_at({.duration_ms = 60'000}) == 61);
  // 5 m shrink to 2.5 m when four times the correlation time went by.
  CHECK(ends_at({.accuracy_mm = 2'500}) == 361);
  CHECK(ends_at({.fixes = 500, .duration_ms = 90'000, .accuracy_mm = 100}) == 91);
  CHECK(ends_at({}) == 0);
}
