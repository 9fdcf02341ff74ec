#pragma once

#include "db/base/clock.h"
#include "db/history/operation.h"

namespace kuangxun::history {

// Gives each operation a time after the one before it, whatever the wall clock does. A wrong wall clock never refuses a
// local write. Other people's times are followed only up to ten minutes ahead of our own wall clock, so that one laptop
// with a clock years ahead does not drag everybody along.
class HybridClock {
 public:
  explicit HybridClock(Clock& clock) : clock_(clock) {}
  HybridTime next();
  // A time seen in the log, ours or another's.
  void observe(const HybridTime& time);

 private:
  Clock& clock_;
  HybridTime latest_;
};

}  // namespace kuangxun::history
