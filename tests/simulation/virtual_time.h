#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "db/base/clock.h"

namespace kuangxun::simulation {

constexpr std::int64_t second_ms = 1000;
constexpr std::int64_t minute_ms = 60 * second_ms;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;

// Time that jumps from one event to the next. Events of the same moment happen in the order in which they were set.
class VirtualTime {
 public:
  // Since the simulation began.
  std::int64_t now_ms() const { return now_ms_; }
  void after(std::int64_t delay_ms, std::function<void()> event);
  // Until nothing is left to happen before that moment; then it is that moment.
  void run_until(std::int64_t end_ms);

 private:
  std::int64_t now_ms_ = 0;
  std::uint64_t next_number_ = 0;
  std::map<std::pair<std::int64_t, std::uint64_t>, std::function<void()>> events_;
};

// A machine's clock: the true time and what is wrong with it.
class MachineClock final : public Clock {
 public:
  explicit MachineClock(const VirtualTime& time) : time_(&time) {}
  std::int64_t now_ms() override { return is_frozen_ ? frozen_at_ms_ : true_ms() + error_ms_; }
  std::int64_t steady_ms() override { return time_->now_ms(); }
  std::int64_t true_ms() const { return start_ms + time_->now_ms(); }
  void set_error_ms(std::int64_t error_ms) {
    is_frozen_ = false;
    error_ms_ = error_ms;
  }
  // From now on it counts from there.
  void set_to_ms(std::int64_t wall_ms) { set_error_ms(wall_ms - true_ms()); }
  void freeze() {
    frozen_at_ms_ = now_ms();
    is_frozen_ = true;
  }

  static constexpr std::int64_t start_ms = 1'777'593'600'000;  // 2026-05-01T00:00:00Z

 private:
  const VirtualTime* time_;
  std::int64_t error_ms_ = 0;
  std::int64_t frozen_at_ms_ = 0;
  bool is_frozen_ = false;
};

}  // namespace kuangxun::simulation
