#include "tests/simulation/virtual_time.h"

namespace kuangxun::simulation {

void VirtualTime::after(std::int64_t delay_ms, std::function<void()> event) {
  events_.emplace(std::pair(now_ms_ + delay_ms, next_number_++), std::move(event));
}

void VirtualTime::run_until(std::int64_t end_ms) {
  while (!events_.empty() && events_.begin()->first.first <= end_ms) {
    auto next = events_.extract(events_.begin());
    now_ms_ = next.key().first;
    next.mapped()();
  }
  now_ms_ = end_ms;
}

}  // namespace kuangxun::simulation
