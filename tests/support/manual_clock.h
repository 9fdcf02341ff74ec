#pragma once

#include <atomic>

#include "db/base/clock.h"

namespace kuangxun::tests {

// Time that stands still until a test cranks it; workers may read it. Starts at 2026-05-01T00:00:00Z.
class ManualClock final : public Clock {
 public:
  std::int64_t now_ms() override { return now_ms_; }
  std::int64_t steady_ms() override { return steady_ms_; }
  void advance_ms(std::int64_t by_ms);
  // A wrong wall clock: the steady one does not follow.
  void set_wall_ms(std::int64_t now_ms) { now_ms_ = now_ms; }

 private:
  std::atomic<std::int64_t> now_ms_ = 1'777'593'600'000;
  std::atomic<std::int64_t> steady_ms_ = 0;
};

}  // namespace kuangxun::tests
