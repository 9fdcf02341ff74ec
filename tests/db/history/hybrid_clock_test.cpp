#include "db/history/hybrid_clock.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::history {
namespace {
constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t ten_years_ms = 3'652LL * 86'400'000;
}  // namespace

TEST_CASE("operations follow the wall clock, and a counter within one millisecond") {
  tests::ManualClock wall;
  HybridClock clock(wall);
  const std::int64_t start_ms = wall.now_ms();
  CHECK(clock.next() == HybridTime{start_ms, 0});
  CHECK(clock.next() == HybridTime{start_ms, 1});
  wall.advance_ms(5);
  CHECK(clock.next() == HybridTime{start_ms + 5, 0});
}

TEST_CASE("a clock that runs backwards or stands still in 1970 never refuses and never goes back") {
  tests::ManualClock wall;
  HybridClock clock(wall);
  HybridTime previous = clock.next();
  for (const std::int64_t wall_ms : {previous.wall_ms - 1, std::int64_t{0}, std::int64_t{-1}}) {
    wall.set_wall_ms(wall_ms);
    for (int i = 0; i < 3; ++i) {
      const HybridTime now = clock.next();
      CHECK(now > previous);
      previous = now;
    }
  }
  tests::ManualClock flat_battery;
  flat_battery.set_wall_ms(0);
  HybridClock young(flat_battery);
  previous = young.next();
  flat_battery.set_wall_ms(-ten_years_ms);
  CHECK(young.next() > previous);
}

TEST_CASE("the counter runs over into the next millisecond, not around") {
  tests::ManualClock wall;
  HybridClock clock(wall);
  HybridTime previous = clock.next();
  const std::int64_t start_ms = previous.wall_ms;
  for (int i = 0; i < 70'000; ++i) {
    const HybridTime now = clock.next();
    REQUIRE(now > previous);
    previous = now;
  }
  CHECK(previous.wall_ms == start_ms + 1);
}

TEST_CASE("another's time is followed when it is a little ahead") {
  tests::ManualClock wall;
  HybridClock clock(wall);
  const HybridTime theirs{wall.now_ms() + 9 * minute_ms, 7};
  clock.observe(theirs);
  CHECK(clock.next() > theirs);
  clock.observe({wall.now_ms() - ten_years_ms, 0});
  CHECK(clock.next() > theirs);
}

TEST_CASE("the time of a laptop that is years ahead, or hostile, drags nobody along") {
  tests::ManualClock wall;
  HybridClock clock(wall);
  for (const std::int64_t theirs_ms :
       {wall.now_ms() + 10 * minute_ms + 1, wall.now_ms() + ten_years_ms, std::numeric_limits<std::int64_t>::max()}) {
    clock.observe({theirs_ms, std::numeric_limits<std::uint16_t>::max()});
  }
  CHECK(clock.next() == HybridTime{wall.now_ms(), 0});
  clock.observe({std::numeric_limits<std::int64_t>::min(), 0});
  CHECK(clock.next() == HybridTime{wall.now_ms(), 1});
}

TEST_CASE("many who follow each other do not climb away from their own clocks") {
  tests::ManualClock wall;
  HybridClock first(wall);
  HybridClock second(wall);
  for (int i = 0; i < 1000; ++i) {
    second.observe({first.next().wall_ms + 9 * minute_ms, 0});
    first.observe(second.next());
  }
  CHECK(first.next().wall_ms <= wall.now_ms() + 10 * minute_ms);
}

TEST_CASE("when our own clock was ten years ahead and is set right, the running program goes on after its own times") {
  tests::ManualClock wall;
  const std::int64_t today_ms = wall.now_ms();
  wall.set_wall_ms(today_ms + ten_years_ms);
  HybridClock clock(wall);
  const HybridTime ahead = clock.next();
  wall.set_wall_ms(today_ms);
  CHECK(clock.next() > ahead);
  // Started anew it believes the clock again: ids, not times, keep the order of our own operations.
  HybridClock restarted(wall);
  restarted.observe(ahead);
  CHECK(restarted.next() == HybridTime{today_ms, 0});
}

TEST_CASE("whatever the wall clock and the others do, our times only grow") {
  constexpr std::uint64_t seed = 1970;
  CAPTURE(seed);
  tests::SeededRandom random(seed);
  tests::ManualClock wall;
  HybridClock clock(wall);
  HybridTime previous = clock.next();
  for (int i = 0; i < 20'000; ++i) {
    const auto jump_ms = static_cast<std::int64_t>(random.below(1 << 20)) - (1 << 19);
    if (random.chance_percent(20)) wall.set_wall_ms(wall.now_ms() + jump_ms);
    if (random.chance_percent(20)) clock.observe({wall.now_ms() + 4 * jump_ms, 65'535});
    const HybridTime now = clock.next();
    REQUIRE(now > previous);
    previous = now;
  }
}

}  // namespace kuangxun::history
