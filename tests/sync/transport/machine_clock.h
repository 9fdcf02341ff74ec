#pragma once

#include <ctime>

namespace kuangxun::tests {

// While it lives, time(2) tells this whole process, and OpenSSL in it, another hour than the machine's.
class MachineClock {
 public:
  explicit MachineClock(std::time_t now);
  ~MachineClock();
  MachineClock(const MachineClock&) = delete;
  MachineClock& operator=(const MachineClock&) = delete;
};

// Whether OpenSSL believes that `moment` is past, by the machine's clock.
bool is_past_for_openssl(std::time_t moment);

}  // namespace kuangxun::tests
