#pragma once

#include <cstdint>
#include <optional>

#include "db/base/calendar.h"

namespace kuangxun::gps {

constexpr std::int32_t day_ms = 86'400'000;

// From one time of day to another by the shorter way round midnight: -12 h <= result < 12 h.
std::int32_t time_of_day_step_ms(std::int32_t from_ms, std::int32_t to_ms);

// Gives times of day their date. Sentences say the time each, the date seldom and in two digits; receivers change the
// date a second late at midnight; old ones live 1,024 weeks in the past (10 bits of GPS week).
class EpochTime {
 public:
  // Dates before `not_before` are moved forward by whole rollovers; without it they stay as the receiver said them.
  explicit EpochTime(std::optional<Day> not_before) : not_before_(not_before) {}

  // A date that belongs to another sentence's time (ZDA): later times of day are counted from it.
  void note(Day date, std::int32_t time_of_day_ms);
  // `own_date` is the date said with this very time. Absent while no date was ever heard.
  std::optional<std::int64_t> resolve_ms(std::int32_t time_of_day_ms, std::optional<Day> own_date);
  bool corrected() const { return corrected_; }

 private:
  Day forward(Day date);
  std::int64_t nearest_ms(std::int32_t time_of_day_ms) const;

  std::optional<Day> not_before_;
  std::optional<std::int64_t> reference_ms_;
  bool corrected_ = false;
};

}  // namespace kuangxun::gps
