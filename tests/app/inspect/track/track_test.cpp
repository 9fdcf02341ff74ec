#include "app/inspect/track/track.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/inspect/track/track_recorder.h"
#include "db/records/handles/mining_right.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

constexpr double nanodegrees_per_metre = 1e9 / 111'100.0;

// A person who walks with a receiver that speaks once a second.
struct Walk : FieldDay {
  Uuid mine = entered(kinds::mining_right, {{"name", "示例矿"}});
  Uuid visit = acted("visit.start", mine, {{"visit_kind", "disclosure-check"}});
  std::int64_t utc_ms = clock.now_ms();
  double north_m = 0;

  gps::Fix fix(double jump_m = 0) const {
    gps::Fix made;
    made.utc_ms = utc_ms;
    made.latitude_nanodegrees =
        43'217'000'000 + static_cast<std::int64_t>(std::llround((north_m + jump_m) * nanodegrees_per_metre));
    made.longitude_nanodegrees = 81'826'000'000;
    made.mode = gps::FixMode::three_d;
    made.satellites = 9;
    made.accuracy_mm = 3'000;
    return made;
  }
  void pass(std::int64_t ms) {
    clock.advance_ms(ms);
    utc_ms += ms;
  }
  void walk(inspect::TrackRecorder& recorder, int seconds, double metres_per_second) {
    for (int i = 0; i < seconds; ++i) {
      pass(1000);
      north_m += metres_per_second;
      REQUIRE(recorder.take(desk, fix(), true).ok());
      while (recorder.due_ms() && *recorder.due_ms() <= clock.steady_ms()) REQUIRE(recorder.tick(desk).ok());
    }
  }
  inspect::TrackRecorder begin() {
    auto recorder = inspect::TrackRecorder::begin(desk, visit);
    REQUIRE(recorder.ok());
    return std::move(*recorder);
  }
  std::vector<inspect::Track> tracks() {
    auto all = inspect::tracks_of(store, visit);
    REQUIRE(all.ok());
    return std::move(*all);
  }
};

bool rises(const std::vector<records::TrackPoint>& points) {
  return std::ranges::adjacent_find(points, [](const auto& a, const auto& b) { return a.time_ms >= b.time_ms; }) ==
         points.end();
}

}  // namespace

TEST_CASE("a walk becomes blocks of a minute, pending meanwhile, and nothing is written twice") {
  Walk day;
  auto recorder = day.begin();
  day.walk(recorder, 4, 3);
  CHECK(day.store.pending()->empty());
  day.walk(recorder, 4, 3);
  CHECK(day.store.pending()->size() == 1);
  CHECK(day.tracks().empty());
  day.walk(recorder, 142, 3);
  CHECK(day.tracks().size() == 1);
  CHECK(day.tracks().front().blocks == 2);
  REQUIRE(recorder.end(day.desk).ok());
  CHECK(day.store.pending()->empty());
  const auto tracks = day.tracks();
  REQUIRE(tracks.size() == 1);
  CHECK(tracks.front().blocks == 3);
  CHECK(tracks.front().points.size() == 150);
  CHECK(rises(tracks.front().points));
  CHECK(tracks.front().gaps() == 0);
  CHECK(tracks.front().length_m() == doctest::Approx(149 * 3).epsilon(0.001));
  CHECK(recorder.length_m() == doctest::Approx(tracks.front().length_m()));
  CHECK(tracks.front().points.front().satellites == 9);
  CHECK(tracks.front().points.front().fix_quality == 2);
}

TEST_CASE("killed, the program lost at most ten seconds and goes on in the same track, with a gap") {
  for (const int seconds : {6, 33, 59, 61, 64, 119, 170}) {
    CAPTURE(seconds);
    Walk day;
    {
      auto recorder = day.begin();
      day.walk(recorder, seconds, 3);
    }                                           // no end: the plug was pulled
    REQUIRE(day.store.promote_pending().ok());  // what the next start does
    const auto before = day.tracks();
    REQUIRE(before.size() == 1);
    CHECK(day.utc_ms - before.front().points.back().time_ms <= 10'000);
    day.pass(300'000);
    auto again = day.begin();
    CHECK(again.is_resumed());
    day.walk(again, 20, 3);
    REQUIRE(again.end(day.desk).ok());
    const auto after = day.tracks();
    REQUIRE(after.size() == 1);
    CHECK(after.front().gaps() == 1);
    CHECK(after.front().points.size() == before.front().points.size() + 20);
    CHECK(rises(after.front().points));
    CHECK(day.store.disputes()->empty());
  }
}

TEST_CASE("a sync in the middle makes an operation of what is pending: the track goes on in a new block") {
  Walk day;
  auto recorder = day.begin();
  day.walk(recorder, 17, 3);
  REQUIRE(day.store.promote_pending().ok());
  day.walk(recorder, 30, 3);
  REQUIRE(recorder.end(day.desk).ok());
  const auto tracks = day.tracks();
  REQUIRE(tracks.size() == 1);
  CHECK(tracks.front().points.size() == 47);
  CHECK(rises(tracks.front().points));
  CHECK(day.store.disputes()->empty());
}

TEST_CASE("typing that is pending stays pending when a block is done") {
  Walk day;
  auto recorder = day.begin();
  const auto& field = *records::kind_of(kinds::mining_right).find_field(records::mining_right::holder);
  REQUIRE(day.store
              .keep_pending({{day.mine, kinds::mining_right, field.group, {{field.number, std::string("示例")}}, {}},
                             day.desk.person,
                             day.clock.now_ms()})
              .ok());
  day.walk(recorder, 130, 3);
  REQUIRE(recorder.end(day.desk).ok());
  REQUIRE(day.store.pending()->size() == 1);
  CHECK(day.store.pending()->front().edit.record == day.mine);
}

TEST_CASE("who stands still is seen every ten seconds, and the track ends where it ended") {
  Walk day;
  auto recorder = day.begin();
  day.walk(recorder, 605, 0.01);
  REQUIRE(recorder.end(day.desk).ok());
  const auto tracks = day.tracks();
  CHECK(tracks.front().points.size() == 62);
  CHECK(tracks.front().points.back().time_ms == day.utc_ms);
  CHECK(recorder.counts().near == 605 - 62);
}

TEST_CASE("one fix five kilometres off is no point; three that agree are believed, and no line is drawn to them") {
  Walk day;
  auto recorder = day.begin();
  day.walk(recorder, 10, 3);
  for (int i = 0; i < 2; ++i) {
    day.pass(1000);
    REQUIRE(recorder.take(day.desk, day.fix(5'000), true).ok());
  }
  day.walk(recorder, 5, 3);
  CHECK(recorder.counts().outliers == 2);
  day.north_m += 5'000;
  day.walk(recorder, 5, 3);
  REQUIRE(recorder.end(day.desk).ok());
  const auto track = day.tracks().front();
  CHECK(recorder.counts().outliers == 4);
  CHECK(track.points.size() == 10 + 5 + 3);
  CHECK(track.gaps() == 1);
  CHECK(track.length_m() < 80);
}

TEST_CASE("a lost receiver, a laptop that slept, a clock set back: the track goes on after a gap") {
  Walk day;
  auto recorder = day.begin();
  day.walk(recorder, 10, 3);
  day.pass(15'000);
  day.walk(recorder, 10, 3);
  day.pass(4LL * 3600 * 1000);
  day.walk(recorder, 10, 3);
  day.utc_ms -= 3'600'000;
  day.walk(recorder, 10, 3);
  REQUIRE(recorder.end(day.desk).ok());
  const auto tracks = day.tracks();
  REQUIRE(tracks.size() == 1);
  CHECK(tracks.front().points.size() == 40);
  CHECK(tracks.front().gaps() == 3);
}

TEST_CASE("what was not measured, or has no date, is no point; first fixes are marked") {
  Walk day;
  auto recorder = day.begin();
  gps::Fix undated = day.fix();
  undated.utc_ms.reset();
  gps::Fix simulated = day.fix();
  simulated.type = gps::FixType::simulated;
  gps::Fix torn = day.fix();
  torn.sentences_agree = false;
  for (const gps::Fix& fix : {undated, simulated, torn}) REQUIRE(recorder.take(day.desk, fix, true).ok());
  CHECK(recorder.counts().unusable == 3);
  day.pass(1000);
  REQUIRE(recorder.take(day.desk, day.fix(), false).ok());
  REQUIRE(recorder.end(day.desk).ok());
  const auto track = day.tracks().front();
  REQUIRE(track.points.size() == 1);
  CHECK(track.points.front().flags == records::track_flags::unsettled);
}

TEST_CASE("a voided visit takes no track, and a track of a day ago is over") {
  Walk day;
  auto recorder = day.begin();
  day.walk(recorder, 20, 3);
  REQUIRE(recorder.end(day.desk).ok());
  day.pass(13LL * 3600 * 1000);
  auto next = day.begin();
  CHECK_FALSE(next.is_resumed());
  day.walk(next, 20, 3);
  REQUIRE(next.end(day.desk).ok());
  CHECK(day.tracks().size() == 2);
  REQUIRE(day.act("record.void", day.visit, {}, "示例").empty());
  const auto refused = inspect::TrackRecorder::begin(day.desk, day.visit);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::bad_input);
}

TEST_CASE("a recording is read in once") {
  Walk day;
  std::vector<gps::Fix> fixes;
  for (int i = 0; i < 200; ++i) {
    day.pass(1000);
    day.north_m += 3;
    fixes.push_back(day.fix());
  }
  inspect::TrackFilter::Counts counts;
  const auto blocks = inspect::import_track(day.desk, day.visit, inspect::recorded_fixes(fixes), counts);
  REQUIRE(blocks.ok());
  CHECK(blocks->size() == 4);
  CHECK(counts.kept == 200);
  CHECK(day.tracks().size() == 1);
  CHECK(day.tracks().front().points.size() == 200);
  CHECK_FALSE(inspect::import_track(day.desk, day.visit, inspect::recorded_fixes(fixes), counts).ok());
  CHECK_FALSE(inspect::import_track(day.desk, day.visit, {}, counts).ok());
  CHECK(day.tracks().size() == 1);
}

}  // namespace kuangxun::tests
