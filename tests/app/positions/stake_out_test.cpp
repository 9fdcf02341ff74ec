#include "app/positions/stake_out.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace kuangxun;

namespace {

std::string all_text(const std::vector<blocks::Fact>& facts) {
  std::string text;
  for (const blocks::Fact& fact : facts) text += fact.label + " | " + fact.value + " | " + fact.note + "\n";
  return text;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

gps::Fix fix_at(double north_m, double east_m) {
  gps::Fix fix;
  fix.latitude_nanodegrees = 43'200'000'000 + std::llround(north_m * 9'001);
  fix.longitude_nanodegrees = 81'800'000'000 + std::llround(east_m * 12'305);
  fix.accuracy_mm = 1'200;
  return fix;
}

licence::Corner corner_there() {
  return {fixed_uuid("line"), 3, "拐点 3", {43'200'000'000, 81'800'000'000}, 500};
}

}  // namespace

TEST_CASE("the way to a corner: distance with its error, bearing, and which way to turn while one walks") {
  const gps::Fix standing = fix_at(-30, -30);
  const std::string still = all_text(positions::stake_out_facts(standing, corner_there()));
  CHECK_MESSAGE(contains(still, "到拐点 3 | 42.4 m ± 1.3 m"), still);
  CHECK(contains(still, "45° 东北"));
  CHECK(contains(still, "走起来才知道"));
  gps::Fix walking = standing;
  walking.speed_mm_s = 1'400;
  for (const auto& [course, words] :
       {std::pair(10'000, "向右转 35°"), {80'000, "向左转 35°"}, {47'000, "一直走"}, {225'000, "掉头"}}) {
    walking.course_millidegrees = course;
    const std::string text = all_text(positions::stake_out_facts(walking, corner_there()));
    CHECK_MESSAGE(contains(text, words), text);
  }
  // At rest the course is noise, whatever the receiver writes.
  walking.speed_mm_s = 100;
  CHECK(contains(all_text(positions::stake_out_facts(walking, corner_there())), "走起来才知道"));
}

TEST_CASE("under a metre the two components guide, and nobody is told more than the error allows") {
  const std::string near = all_text(positions::stake_out_facts(fix_at(-0.4, 0.5), corner_there()));
  CHECK_MESSAGE(contains(near, "向北 0.40 m，向西 0.50 m"), near);
  CHECK(contains(near, "再近分辨不出"));
  CHECK_FALSE(contains(near, "方位"));
  gps::Fix blind = fix_at(-30, 0);
  blind.accuracy_mm.reset();
  const std::string unknown = all_text(positions::stake_out_facts(blind, corner_there()));
  CHECK(contains(unknown, "精度未知"));
  CHECK_FALSE(contains(unknown, "±"));
}
