#include "app/gps/epoch_time.h"

#include <cassert>
#include <cstdlib>

namespace kuangxun::gps {
namespace {

// GPS counts weeks in 10 bits: a receiver that lost count is off by a multiple of this, and by nothing else.
constexpr Day rollover_days = 1024 * 7;
// How near to the last time a date that is one day off is taken for a late change at midnight.
constexpr std::int64_t midnight_window_ms = 60'000;

}  // namespace

std::int32_t time_of_day_step_ms(std::int32_t from_ms, std::int32_t to_ms) {
  std::int32_t step = (to_ms - from_ms) % day_ms;
  if (step < -day_ms / 2) step += day_ms;
  if (step >= day_ms / 2) step -= day_ms;
  return step;
}

Day EpochTime::forward(Day date) {
  if (!not_before_ || date >= *not_before_) return date;
  corrected_ = true;
  return date + (*not_before_ - date + rollover_days - 1) / rollover_days * rollover_days;
}

std::int64_t EpochTime::nearest_ms(std::int32_t time_of_day_ms) const {
  assert(reference_ms_);
  const auto reference_time_ms = static_cast<std::int32_t>(*reference_ms_ % day_ms);
  return *reference_ms_ + time_of_day_step_ms(reference_time_ms, time_of_day_ms);
}

void EpochTime::note(Day date, std::int32_t time_of_day_ms) {
  reference_ms_ = std::int64_t{forward(date)} * day_ms + time_of_day_ms;
}

std::optional<std::int64_t> EpochTime::resolve_ms(std::int32_t time_of_day_ms, std::optional<Day> own_date) {
  if (!own_date && !reference_ms_) return std::nullopt;
  if (!own_date) {
    reference_ms_ = nearest_ms(time_of_day_ms);
    return reference_ms_;
  }
  std::int64_t said_ms = std::int64_t{forward(*own_date)} * day_ms + time_of_day_ms;
  if (reference_ms_) {
    const std::int64_t nearest = nearest_ms(time_of_day_ms);
    const bool a_day_off = std::abs(said_ms - nearest) == day_ms;
    if (a_day_off && std::abs(nearest - *reference_ms_) <= midnight_window_ms) said_ms = nearest;
  }
  reference_ms_ = said_ms;
  return reference_ms_;
}

}  // namespace kuangxun::gps
