#include "app/gps/fix_stream.h"

#include <doctest/doctest.h>

#include <cstring>
#include <deque>

#include "app/gps/decode.h"
#include "app/gps/heard_text.h"
#include "app/gps/replay_source.h"
#include "db/base/files.h"
#include "tests/app/gps/sentences.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::gps::tests::printed;
using kuangxun::tests::ManualClock;
using kuangxun::tests::TemporaryFolder;

namespace {

std::string moment(int second) {
  const std::string time = "0230" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ".00";
  return printed({"GPGGA," + time + ",4312.0000,N,08148.0000,E,1,08,1.2,1210.5,M,-40.2,M,,",
                  "GPRMC," + time + ",A,4312.0000,N,08148.0000,E,0.1,,010526,,"});
}

std::filesystem::path recording(const TemporaryFolder& folder, const std::string& text) {
  const auto path = folder / "recording.log";
  REQUIRE(write_file_durably(path, as_bytes(text)).ok());
  return path;
}

// A line that gives what the test says, and lets its clock pass while nothing comes.
class ScriptedSource final : public ByteSource {
 public:
  struct Step {
    std::int64_t at_ms;
    std::string text;
  };
  ScriptedSource(ManualClock& clock, std::deque<Step> steps, bool breaks)
      : clock_(clock), steps_(std::move(steps)), breaks_(breaks) {}

  Result<Reading> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override {
    if (steps_.empty()) {
      if (breaks_) return Error(ErrorCode::unavailable, "示例：拔出了接收机");
      return Reading{0, true};
    }
    const std::int64_t left_ms = steps_.front().at_ms - clock_.steady_ms();
    if (left_ms > wait_ms_max) {
      clock_.advance_ms(wait_ms_max);
      return Reading{};
    }
    if (left_ms > 0) clock_.advance_ms(left_ms);
    const std::string text = steps_.front().text;
    steps_.pop_front();
    REQUIRE(text.size() <= into.size());
    std::memcpy(into.data(), text.data(), text.size());
    return Reading{text.size(), false};
  }

 private:
  ManualClock& clock_;
  std::deque<Step> steps_;
  bool breaks_;
};

}  // namespace

TEST_CASE("a live receiver's fix is given when its burst is over, not when the next second begins") {
  ManualClock clock;
  FixStream stream(std::make_unique<ScriptedSource>(
                       clock, std::deque<ScriptedSource::Step>{{1000, moment(1)}, {2000, moment(2)}}, false),
                   clock);
  CHECK(!stream.next(500).has_value());
  const auto first = stream.next(1000);
  REQUIRE(first.has_value());
  CHECK(clock.steady_ms() >= 1300);
  CHECK(clock.steady_ms() < 1700);
  CHECK(first->received_steady_ms == 1000);
  CHECK(first->age_ms(clock.steady_ms()) < 700);
  const auto second = stream.next(2000);
  REQUIRE(second.has_value());
  CHECK(second->received_steady_ms == 2000);
  CHECK(!stream.next(10'000).has_value());
  CHECK(stream.ended());
  CHECK(!stream.error().has_value());
}

TEST_CASE("a burst that stalls and goes on gives one fix, not two of the same moment") {
  ManualClock clock;
  const std::string text = moment(1);
  const std::size_t half = text.find("$GPRMC");
  FixStream stream(
      std::make_unique<ScriptedSource>(
          clock, std::deque<ScriptedSource::Step>{{1000, text.substr(0, half)}, {1800, text.substr(half)}}, false),
      clock);
  int fixes = 0;
  while (!stream.ended()) fixes += stream.next(500).has_value() ? 1 : 0;
  CHECK(fixes == 1);
  CHECK(stream.state().moments_repeated == 1);
}

TEST_CASE("a receiver that is pulled out ends the stream with the reason, and half a moment is not given out") {
  ManualClock clock;
  const std::string text = moment(1);
  FixStream stream(
      std::make_unique<ScriptedSource>(
          clock, std::deque<ScriptedSource::Step>{{1000, moment(0) + text.substr(0, text.find("$GPRMC"))}}, true),
      clock);
  REQUIRE(stream.next(1000).has_value());
  for (int i = 0; i < 5; ++i) CHECK(!stream.next(100).has_value());
  CHECK(stream.ended());
  REQUIRE(stream.error().has_value());
  CHECK(stream.error()->code() == ErrorCode::unavailable);
}

TEST_CASE("a recording at its own pace takes as long as it took; at ten times the speed a tenth") {
  const TemporaryFolder folder;
  std::string text = "# 示例 recording\r\n";
  for (int second = 0; second <= 20; ++second) text += moment(second);
  const auto path = recording(folder, text);
  for (const double speed : {1.0, 10.0}) {
    ManualClock clock;
    auto source = ReplaySource::open(path, clock, {.speed = speed}, [&](std::int64_t ms) { clock.advance_ms(ms); });
    REQUIRE(source.ok());
    FixStream stream(std::move(*source), clock);
    int fixes = 0;
    while (!stream.ended()) {
      const std::int64_t before_ms = clock.steady_ms();
      fixes += stream.next(50).has_value() ? 1 : 0;
      CHECK(clock.steady_ms() - before_ms <= 50);
    }
    CHECK(fixes == 21);
    CHECK(static_cast<double>(clock.steady_ms()) == doctest::Approx(20'000 / speed).epsilon(0.05));
  }
}

TEST_CASE("a lunch break in a recording is not waited for") {
  const TemporaryFolder folder;
  const auto path = recording(folder, moment(0) + printed("GPGGA,043000.00,4312.1,N,08148.0,E,1,08,1.2,1,M,1,M,,"));
  ManualClock clock;
  auto source = ReplaySource::open(path, clock, {.speed = 1}, [&](std::int64_t ms) { clock.advance_ms(ms); });
  FixStream stream(std::move(*source), clock);
  while (!stream.ended()) (void)stream.next(1000);
  CHECK(clock.steady_ms() <= 6000);
  CHECK(stream.state().moments_with_fix == 2);
}

TEST_CASE("a recording without a fix says why: no NMEA, no checksums, wrong ones, or no fix yet") {
  const TemporaryFolder folder;
  const auto contains = [](const std::string& text, std::string_view part) { return text.find(part) != text.npos; };
  const auto why = [&](const std::string& text) {
    const auto heard = decode_file(recording(folder, text), [](const Fix&) { FAIL("no fix is in it"); });
    REQUIRE(heard.ok());
    return no_fix_text(*heard);
  };
  CHECK(contains(why("no receiver wrote this\n"), "没有听到 NMEA"));
  const std::string sentence = "$GPGGA,023000.00,4307.40740,N,08159.25924,E,1,14,0.7,1283.4,M,-42.1,M,,";
  CHECK(contains(why(sentence + "\r\n" + sentence + "\r\n"), "有 2 句没有校验和"));
  CHECK(contains(why(sentence + "*00\r\n"), "有 1 句校验和不符"));
  CHECK(contains(why("$GPGGA,023000.00,,,,,0,00,,,M,,M,,*49\r\n"), "接收机自己还没有定位"));
}

TEST_CASE("decoding a file: comments are no sentences, a file without a fix is empty, a missing one has a reason") {
  const TemporaryFolder folder;
  const std::string line = moment(7).substr(0, moment(7).find("$GPRMC"));
  const auto fixes = decode_file(recording(folder, "# " + line + moment(8)));
  REQUIRE(fixes.ok());
  REQUIRE(fixes->size() == 1);
  CHECK(*fixes->at(0).time_of_day_ms == ((2 * 60 + 30) * 60 + 8) * 1000);
  CHECK(decode_file(recording(folder, ""))->empty());
  CHECK(decode_file(recording(folder, "no receiver wrote this\n"))->empty());
  const auto missing = decode_file(folder / "missing.log");
  REQUIRE(!missing.ok());
  CHECK(missing.error().code() == ErrorCode::not_found);
  const auto a_folder = decode_file(folder.path());
  REQUIRE(!a_folder.ok());
  CHECK(a_folder.error().code() == ErrorCode::unavailable);
}
