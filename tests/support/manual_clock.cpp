#include "tests/support/manual_clock.h"

namespace kuangxun::tests {

void ManualClock::advance_ms(std::int64_t by_ms) {
  now_ms_ += by_ms;
  steady_ms_ += by_ms;
}

}  // namespace kuangxun::tests
