#include "tests/simulation/trace.h"

#include <array>
#include <cstdio>

namespace kuangxun::simulation {

void Trace::say(std::int64_t at_ms, const std::string& who, const std::string& what) const {
  constexpr std::int64_t second_ms = 1000;
  constexpr std::int64_t day_ms = 86'400 * second_ms;
  const std::int64_t of_day = at_ms % day_ms;
  std::array<char, 64> time{};
  std::snprintf(time.data(), time.size(), "day %2d %02d:%02d:%02d.%03d  ", static_cast<int>(at_ms / day_ms),
                static_cast<int>(of_day / (3600 * second_ms)), static_cast<int>(of_day / (60 * second_ms) % 60),
                static_cast<int>(of_day / second_ms % 60), static_cast<int>(of_day % second_ms));
  listener_(time.data() + who + ": " + what);
}

}  // namespace kuangxun::simulation
