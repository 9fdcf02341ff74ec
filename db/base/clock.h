#pragma once

#include <cstdint>

namespace kuangxun {

// The only source of time. Everything that needs the hour takes a Clock, so that a test cranks it
// by hand.
class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970-01-01T00:00:00Z as the machine believes; may be wrong, may go
  // backwards.
  virtual std::int64_t now_ms() = 0;
  // Milliseconds that only ever grow while the program runs; for waiting and measuring.
  virtual std::int64_t steady_ms() = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now_ms() override;
  std::int64_t steady_ms() override;
};

}  // namespace kuangxun
