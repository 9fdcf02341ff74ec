#include "app/inspect/track/walk.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "app/inspect/track/track_recorder.h"
#include "app/licence/walked_areas.h"
#include "db/records/handles/walked_area.h"
#include "tests/app/field_day/field_day.h"

using namespace kuangxun;

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double north_m = 111'098.0 / 1e9;  // of a nanodegree, at 43.2°
constexpr double east_m = 81'267.0 / 1e9;

records::TrackPoint at(double east, double north, std::int64_t second, std::int64_t accuracy_mm = 2'000) {
  records::TrackPoint point;
  point.time_ms = 1'790'000'000'000 + second * 1000;
  point.latitude_nanodegrees = 43'200'000'000 + std::llround(north / north_m);
  point.longitude_nanodegrees = 81'800'000'000 + std::llround(east / east_m);
  point.accuracy_mm = accuracy_mm;
  return point;
}

// Round a circle at one metre a second, so much of it.
std::vector<records::TrackPoint> round_walk(double radius_m, double turns = 1) {
  std::vector<records::TrackPoint> points;
  const int seconds = static_cast<int>(2 * pi * radius_m * turns);
  for (int second = 0; second <= seconds; ++second) {
    const double angle = second / radius_m;
    points.push_back(at(radius_m * std::cos(angle), radius_m * std::sin(angle), second));
  }
  return points;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string refusal(const std::vector<records::TrackPoint>& points) {
  const auto outline = inspect::outline_of_walk(points);
  return outline.ok() ? std::string() : outline.error().message();
}

}  // namespace

TEST_CASE("a walk round a pit becomes its outline, and what was walked on beyond the beginning is cut off") {
  for (const double turns : {0.99, 1.0, 1.05, 1.12}) {
    CAPTURE(turns);
    const auto outline = inspect::outline_of_walk(round_walk(80, turns));
    REQUIRE_MESSAGE(outline.ok(), outline.error().message());
    const auto live = inspect::measure_walk(round_walk(80, 0.99));
    CHECK(*live.area_m2 == doctest::Approx(pi * 80 * 80).epsilon(0.01));
    CHECK(outline->size() > 200);
  }
}

TEST_CASE("a walk that does not come back, is interrupted, crosses itself or stands still is refused by name") {
  CHECK(says(refusal(round_walk(80, 0.8)), "没有闭合"));
  auto interrupted = round_walk(80);
  interrupted.erase(interrupted.begin() + 100, interrupted.begin() + 200);
  interrupted[100].flags = records::track_flags::gap_before;
  CHECK(says(refusal(interrupted), "中断"));
  std::vector<records::TrackPoint> eight;
  for (int i = 0; i <= 360; ++i) {
    const double angle = i * pi / 180;
    eight.push_back(at(100 * std::sin(angle), 60 * std::sin(2 * angle), i));
  }
  CHECK(says(refusal(eight), "自相交"));
  std::vector<records::TrackPoint> standing(30, at(0, 0, 0));
  CHECK(says(refusal(standing), "原地"));
  CHECK(says(refusal({at(0, 0, 0), at(10, 0, 10)}), "不足 3 个"));
}

TEST_CASE("loops that a receiver draws round somebody who stands still are cut off") {
  std::mt19937_64 engine(3);
  std::normal_distribution<double> normal(0, 1.4);
  std::vector<records::TrackPoint> points;
  std::int64_t second = 0;
  for (const auto& [east, north] : {std::pair(0.0, 0.0), {150.0, 0.0}, {150.0, 100.0}, {0.0, 100.0}, {0.0, 0.0}}) {
    const double from_east =
        points.empty() ? 0 : static_cast<double>(points.back().longitude_nanodegrees - 81'800'000'000) * east_m;
    const double from_north =
        points.empty() ? 0 : static_cast<double>(points.back().latitude_nanodegrees - 43'200'000'000) * north_m;
    for (int step = 1; step <= 60; ++step) {
      points.push_back(
          at(from_east + (east - from_east) * step / 60, from_north + (north - from_north) * step / 60, ++second));
    }
    for (int rest = 0; rest < 120; ++rest)
      points.push_back(at(east + normal(engine), north + normal(engine), ++second));
  }
  const auto outline = inspect::outline_of_walk(points);
  REQUIRE_MESSAGE(outline.ok(), outline.error().message());
  const auto live = inspect::measure_walk(points);
  REQUIRE(live.area_m2);
  CHECK(*live.area_m2 == doctest::Approx(15'000).epsilon(0.05));
}

TEST_CASE("a receiver's first fixes are no corners, and a long walk keeps as many corners as a record holds") {
  auto points = round_walk(80);
  points.front().flags = records::track_flags::unsettled;
  points.front().longitude_nanodegrees += 10'000'000;
  REQUIRE(inspect::outline_of_walk(points).ok());
  const auto outline = inspect::outline_of_walk(round_walk(1500));
  REQUIRE_MESSAGE(outline.ok(), outline.error().message());
  CHECK(outline->size() <= licence::area_corners_max);
  CHECK(outline->size() > 500);
  CHECK(licence::format_corners(*outline).size() < 64 << 10);
}

TEST_CASE("while walking, perimeter, way back and area are told; not while the line crosses itself") {
  CHECK_FALSE(inspect::measure_walk({}).area_m2);
  const auto half = inspect::measure_walk(round_walk(80, 0.5));
  CHECK(half.length_m == doctest::Approx(pi * 80).epsilon(0.01));
  CHECK(half.closing_m == doctest::Approx(160).epsilon(0.01));
  CHECK(*half.area_m2 == doctest::Approx(pi * 80 * 80 / 2).epsilon(0.02));
  CHECK(*half.error_m2 > 0);
}

TEST_CASE("the action makes a walked area of the visit's track, or of a part of it") {
  tests::FieldDay day;
  const Uuid mine = day.entered(records::kinds::mining_right, {{"name", "示例砂矿"}, {"is_example", "true"}});
  const Uuid visit = day.acted("visit.start", mine);
  CHECK(says(day.act("area.walk", visit, {{"area_kind", "extraction-area"}}), "还没有轨迹"));
  std::vector<inspect::RecordedFix> fixes;
  // Two hundred metres up to the pit, then round it.
  const auto fix_at = [&](const records::TrackPoint& point) {
    inspect::RecordedFix recorded;
    recorded.fix.utc_ms = point.time_ms;
    recorded.fix.latitude_nanodegrees = point.latitude_nanodegrees;
    recorded.fix.longitude_nanodegrees = point.longitude_nanodegrees;
    recorded.fix.accuracy_mm = point.accuracy_mm;
    recorded.fix.mode = gps::FixMode::three_d;
    fixes.push_back(recorded);
  };
  for (int second = 0; second < 200; ++second) fix_at(at(280 - second, 0, second));
  for (records::TrackPoint point : round_walk(80)) {
    point.time_ms += 200'000;
    fix_at(point);
  }
  inspect::TrackFilter::Counts counts;
  const auto imported = inspect::import_track(day.desk, visit, fixes, counts);
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  CHECK(says(day.act("area.walk", visit, {{"area_kind", "extraction-area"}}), "没有闭合"));
  const std::string from = format_instant(1'790'000'200'000, 480);
  const std::string message =
      day.act("area.walk", visit, {{"area_kind", "extraction-area"}, {"from", from}, {"label", "东坑"}});
  REQUIRE_MESSAGE(message.empty(), message);
  const records::Record area = day.read(day.last);
  CHECK(area.integer(records::walked_area::area_ha) == doctest::Approx(pi * 80 * 80).epsilon(0.01));
  CHECK(area.reference(records::walked_area::track) == imported->front());
  CHECK(area.text(records::walked_area::label) == "东坑");
  CHECK(area.has(records::walked_area::area_uncertainty_ha));
}
