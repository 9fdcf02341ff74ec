#include "app/receiver/receiver.h"

#include <doctest/doctest.h>

#include <condition_variable>
#include <cstring>
#include <deque>

#include "app/inspect/track/track.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

std::string with_checksum(const std::string& words) {
  int sum = 0;
  for (const char c : words) sum ^= static_cast<unsigned char>(c);
  char end[8];
  std::snprintf(end, sizeof end, "*%02X\r\n", static_cast<unsigned>(sum));
  return "$" + words + end;
}

// What the source says next, by hand of the test; read on the listener's thread.
struct Speaker {
  std::mutex mutex;
  std::string said;
  std::optional<Error> failure;
  bool is_over = false;

  void say(const std::string& text) {
    const std::lock_guard lock(mutex);
    said += text;
  }
  void fail(std::optional<Error> with) {
    const std::lock_guard lock(mutex);
    failure = std::move(with);
  }
  void end(bool is_over_now) {
    const std::lock_guard lock(mutex);
    is_over = is_over_now;
  }
};

class SpokenSource final : public gps::ByteSource {
 public:
  SpokenSource(Speaker& speaker, ManualClock& clock) : speaker_(speaker), clock_(clock) {}
  Result<Reading> read(std::span<std::uint8_t> into, std::int64_t) override {
    std::unique_lock lock(speaker_.mutex);
    if (speaker_.failure) return *speaker_.failure;
    const std::size_t count = std::min(into.size(), speaker_.said.size());
    const bool is_over = speaker_.is_over;
    std::memcpy(into.data(), speaker_.said.data(), count);
    speaker_.said.erase(0, count);
    lock.unlock();
    // Whoever waits lets time pass, no faster than it does: what was heard must not be old before it is looked at.
    if (count == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      clock_.advance_ms(1);
    }
    return Reading{count, count == 0 && is_over};
  }

 private:
  Speaker& speaker_;
  ManualClock& clock_;
};

// A receiver that is walked north by the test, and the mailbox of the thread that owns it.
struct Walk : FieldDay {
  Uuid mine = entered(kinds::mining_right, {{"name", "示例矿"}});
  Uuid visit = acted("visit.start", mine, {{"visit_kind", "disclosure-check"}});
  Uuid other_visit = acted("visit.start", mine, {{"visit_kind", "patrol"}});
  Speaker speaker;
  std::mutex mutex;
  std::deque<std::function<void()>> jobs;
  receiver::Receiver receiver{clock,
                              [this](std::function<void()> job) {
                                const std::lock_guard lock(mutex);
                                jobs.push_back(std::move(job));
                              },
                              [this](const std::string&, double, Clock&) -> Result<std::unique_ptr<gps::ByteSource>> {
                                return std::unique_ptr<gps::ByteSource>(new SpokenSource(speaker, clock));
                              }};
  int second = 0;

  void run_jobs() {
    std::deque<std::function<void()>> now;
    {
      const std::lock_guard lock(mutex);
      now.swap(jobs);
    }
    for (const std::function<void()>& job : now) job();
  }
  bool wait_for(const std::function<bool()>& is_there) {
    for (int round = 0; round < 5000 && !is_there(); ++round) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      run_jobs();
    }
    return is_there();
  }
  void step(double metres) {
    north_m_ += metres;
    char time[32], words[160];
    std::snprintf(time, sizeof time, "03%02d%02d.00", second / 60, second % 60);
    ++second;
    const double minutes = 9 + north_m_ / 1851.6;
    std::snprintf(words, sizeof words, "GPGGA,%s,43%09.6f,N,08154.000000,E,1,12,0.8,1312.1,M,-53.1,M,,", time, minutes);
    std::string said = with_checksum(words);
    std::snprintf(words, sizeof words, "GPRMC,%s,A,43%09.6f,N,08154.000000,E,4.9,0.0,010526,,,A", time, minutes);
    speaker.say(said + with_checksum(words));
  }
  // Each is heard before the next is said.
  void walk(int steps, double metres = 3) {
    for (int i = 0; i < steps; ++i) {
      const std::int64_t before = receiver.fixes();
      step(metres);
      REQUIRE(wait_for([&] { return receiver.fixes() > before; }));
      REQUIRE(receiver.route().tick(desk).ok());
    }
  }
  void start(const std::string& text = "tcp://receiver:1") { REQUIRE(receiver.start(desk, {text}).ok()); }
  std::size_t points_of(const Uuid& of_visit) {
    std::size_t points = 0;
    const auto tracks = inspect::tracks_of(store, of_visit);
    REQUIRE(tracks.ok());
    for (const inspect::Track& track : *tracks) points += track.points.size();
    return points;
  }

 private:
  double north_m_ = 0;
};

}  // namespace

TEST_CASE("without a fix, and while it is warming up, nothing may be taken, and why is said") {
  Walk day;
  CHECK_FALSE(day.receiver.is_running());
  CHECK_FALSE(day.receiver.point().ok());
  day.start();
  day.walk(1);
  CHECK(day.receiver.verdict() == gps::GateVerdict::warming_up);
  CHECK_FALSE(day.receiver.point().ok());
  CHECK(day.receiver.evidence_fix() == nullptr);
  day.walk(8);
  REQUIRE(day.receiver.verdict() == gps::GateVerdict::accepted);
  CHECK(day.receiver.point().ok());
  CHECK(day.receiver.evidence_fix() != nullptr);
  day.clock.advance_ms(5'000);
  CHECK(day.receiver.verdict() == gps::GateVerdict::too_old);
  CHECK_FALSE(day.receiver.point().ok());
  CHECK(day.receiver.walking_fix() == nullptr);
}

TEST_CASE("a track is written as it comes, whatever else is done, and belongs to the visit that it was begun for") {
  Walk day;
  day.start();
  REQUIRE(day.receiver.route().begin(day.desk, day.visit, false).ok());
  day.walk(20);
  CHECK(day.receiver.route().track()->points >= 10);
  CHECK(day.receiver.route().track()->length_m > 30);
  // Somebody who has the store alone for a while takes what was walked along.
  REQUIRE(day.receiver.route().keep(day.desk).ok());
  CHECK(day.points_of(day.visit) >= 10);
  CHECK(day.store.pending()->empty());
  day.walk(5);
  REQUIRE(day.receiver.route().due_ms());
  day.clock.advance_ms(inspect::TrackRecorder::keep_ms);
  REQUIRE(day.receiver.route().tick(day.desk).ok());
  CHECK_FALSE(day.store.pending()->empty());
  const std::size_t before = day.points_of(day.visit);
  SUBCASE("another one ends it") {
    REQUIRE(day.receiver.route().begin(day.desk, day.other_visit, false).ok());
    day.walk(3);
    REQUIRE(day.receiver.route().end(day.desk).ok());
    CHECK(day.points_of(day.other_visit) >= 2);
  }
  SUBCASE("the end of listening ends it") {
    REQUIRE(day.receiver.stop(day.desk).ok());
  }
  CHECK(day.points_of(day.visit) > before);
  CHECK_FALSE(day.receiver.route().track());
  CHECK(day.store.pending()->empty());
}

TEST_CASE("a walk goes along a track of its visit; what is taken at another visit is none of its points") {
  Walk day;
  day.start();
  REQUIRE(day.receiver.route().begin_walk(day.desk, day.visit, false).ok());
  CHECK(day.receiver.route().track()->visit == day.visit);
  day.walk(12);
  const receiver::Route::Walk* walk = day.receiver.route().walk_of(day.visit);
  REQUIRE(walk != nullptr);
  CHECK(walk->points.size() >= 5);
  CHECK(walk->live.length_m > 10);
  CHECK(day.receiver.route().walk_of(day.other_visit) == nullptr);
  day.receiver.route().note_point(day.other_visit, fixed_uuid("a"));
  day.receiver.route().note_point(day.visit, fixed_uuid("b"));
  CHECK(walk->points_taken == std::vector<std::string>{fixed_uuid("b").text()});
  day.receiver.route().drop_walk();
  CHECK(day.receiver.route().walk_of(day.visit) == nullptr);
  CHECK(day.receiver.route().track());
}

TEST_CASE("a mean ends by its rule, and what comes after is left out") {
  Walk day;
  day.start();
  day.walk(8, 0);
  gps::StopRule rule;
  rule.fixes = 3;
  day.receiver.averaging().begin(rule);
  day.walk(3, 0);
  CHECK(day.receiver.averaging().is_enough());
  day.walk(4, 50);
  CHECK(day.receiver.averaging().count() == 3);
  const auto fields = day.receiver.take_mean();
  REQUIRE(fields.ok());
  CHECK(std::ranges::any_of(
      *fields, [](const inspect::FieldText& field) { return field.name == "averaged_fixes" && field.text == "3"; }));
  CHECK_FALSE(day.receiver.averaging().is_on());
}

TEST_CASE("what nobody may overlook: a live receiver that fails, ends or falls silent; a recording may end") {
  Walk day;
  SUBCASE("it fails") {
    day.start();
    day.speaker.fail(Error(ErrorCode::unavailable, "示例：线断了"));
    REQUIRE(day.wait_for([&] { return day.receiver.heard().ended; }));
    CHECK(contains(day.receiver.trouble(), "示例：线断了"));
  }
  SUBCASE("it ends") {
    day.start();
    day.speaker.end(true);
    REQUIRE(day.wait_for([&] { return day.receiver.heard().ended; }));
    CHECK(contains(day.receiver.trouble(), "已停止"));
  }
  SUBCASE("it falls silent, and speaks again") {
    day.start();
    day.walk(2);
    CHECK(day.receiver.trouble().empty());
    day.clock.advance_ms(20'000);
    CHECK(contains(day.receiver.trouble(), "请检查连线"));
    day.walk(1);
    CHECK(day.receiver.trouble().empty());
  }
  SUBCASE("a recording ends") {
    day.start("a.nmea");
    day.walk(2);
    day.speaker.end(true);
    REQUIRE(day.wait_for([&] { return day.receiver.heard().ended; }));
    day.clock.advance_ms(20'000);
    CHECK(day.receiver.trouble().empty());
  }
  // It can be started again, whatever was.
  day.speaker.end(false);
  day.speaker.fail({});
  day.start();
  CHECK(day.receiver.trouble().empty());
}

TEST_CASE("a recording to practise with makes nothing of a real place") {
  Walk day;
  REQUIRE(day.receiver.start(day.desk, {"a.nmea", 10, true}).ok());
  CHECK(day.receiver.check_place(true).ok());
  CHECK_FALSE(day.receiver.check_place(false).ok());
  REQUIRE(day.receiver.start(day.desk, {"b.nmea", 10, false}).ok());
  CHECK(day.receiver.check_place(false).ok());
}

TEST_CASE("a notice that is still on its way when the receiver goes does nothing") {
  std::deque<std::function<void()>> late;
  {
    Walk day;
    day.start();
    day.step(1);
    for (int round = 0; round < 5000 && late.empty(); ++round) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      const std::lock_guard lock(day.mutex);
      late = day.jobs;
    }
  }
  REQUIRE_FALSE(late.empty());
  for (const std::function<void()>& job : late) job();
}

}  // namespace kuangxun::tests
