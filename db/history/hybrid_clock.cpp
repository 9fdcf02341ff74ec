#include "db/history/hybrid_clock.h"

#include <algorithm>
#include <limits>

namespace kuangxun::history {
namespace {
// What is farther ahead is taken for a wrong clock: followed, it would drag along everybody who hears of it.
constexpr std::int64_t followed_ahead_max_ms = 600'000;
}  // namespace

HybridTime HybridClock::next() {
  const std::int64_t wall_ms = clock_.now_ms();
  if (wall_ms > latest_.wall_ms) {
    latest_ = {wall_ms, 0};
  } else if (latest_.counter == std::numeric_limits<std::uint16_t>::max()) {
    // Rather a millisecond ahead of a clock that stands still than a time that was given already.
    latest_ = {latest_.wall_ms + 1, 0};
  } else {
    ++latest_.counter;
  }
  return latest_;
}

void HybridClock::observe(const HybridTime& time) {
  if (time.wall_ms > clock_.now_ms() + followed_ahead_max_ms) return;
  latest_ = std::max(latest_, time);
}

}  // namespace kuangxun::history
