#include "app/geo/elevation.h"

#include <doctest/doctest.h>

#include <random>

using namespace kuangxun::geo;

namespace {

constexpr HeightOffset county_offset{47'500, 400};
constexpr ElevationRange licence{1'600'000, 1'850'000};

}  // namespace

TEST_CASE("without an offset of the county no height is compared, whatever the receiver says") {
  const ElevationVerdict verdict = compare_elevation({5'000'000, 10}, std::nullopt, licence);
  CHECK(verdict.standing == ElevationStanding::cannot_tell);
  CHECK_FALSE(verdict.height_1985_mm.has_value());
  CHECK(verdict.reason.find("1985") != std::string::npos);
}

TEST_CASE("a height without its accuracy is shown and judges nothing") {
  const ElevationVerdict verdict = compare_elevation({5'000'000, std::nullopt}, county_offset, licence);
  CHECK(verdict.standing == ElevationStanding::cannot_tell);
  CHECK(verdict.height_1985_mm == 5'047'500);
  CHECK(compare_elevation({std::nullopt, 100}, county_offset, licence).standing == ElevationStanding::cannot_tell);
}

TEST_CASE("receiver and offset count together, at 95 percent") {
  // hypot(300, 400) = 500 mm; 1.96 of that are 980 mm.
  const MeasuredHeight at_the_top{1'850'000 - 47'500, 300};
  CHECK(compare_elevation(at_the_top, county_offset, licence).uncertainty_mm == 980);
  CHECK(compare_elevation(at_the_top, county_offset, licence).standing == ElevationStanding::cannot_tell);
  const auto standing_at = [](std::int64_t height_1985_mm) {
    return compare_elevation({height_1985_mm - county_offset.offset_mm, 300}, county_offset, licence).standing;
  };
  CHECK(standing_at(1'850'980) == ElevationStanding::cannot_tell);
  CHECK(standing_at(1'850'981) == ElevationStanding::above);
  CHECK(standing_at(1'849'020) == ElevationStanding::within);
  CHECK(standing_at(1'849'021) == ElevationStanding::cannot_tell);
  CHECK(standing_at(1'600'980) == ElevationStanding::within);
  CHECK(standing_at(1'599'019) == ElevationStanding::below);
}

TEST_CASE("a range that is open at one end, and one narrower than the uncertainty") {
  CHECK(compare_elevation({9'000'000, 300}, county_offset, {1'600'000, {}}).standing == ElevationStanding::within);
  CHECK(compare_elevation({-500'000, 300}, county_offset, {{}, 1'850'000}).standing == ElevationStanding::within);
  const ElevationRange narrow{1'700'000, 1'700'500};
  CHECK(compare_elevation({1'700'250 - 47'500, 300}, county_offset, narrow).standing == ElevationStanding::cannot_tell);
}

// The slow way: heights as they may really be.
TEST_CASE("what is called inside or outside is wrong in at most five of a hundred worlds") {
  std::mt19937_64 generator(20261124);
  std::normal_distribution<double> normal;
  int judged = 0;
  int wrong = 0;
  for (int i = 0; i < 20'000; ++i) {
    const double truth_mm = 1'848'000 + static_cast<double>(generator() % 4'000);
    const double measured_mm = truth_mm - 47'500 + 400 * normal(generator) + 300 * normal(generator);
    const auto verdict = compare_elevation({static_cast<std::int64_t>(measured_mm), 300}, county_offset, licence);
    if (verdict.standing == ElevationStanding::cannot_tell) continue;
    ++judged;
    const bool is_above = truth_mm > 1'850'000;
    if (is_above != (verdict.standing == ElevationStanding::above)) ++wrong;
  }
  MESSAGE(judged << " judged, " << wrong << " of them wrong");
  CHECK(judged > 5'000);
  CHECK(wrong * 100 <= judged * 5);
}
