#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "db/base/result.h"

namespace kuangxun::gps {

// Where a receiver's bytes come from: a recording, a serial line, gpsd or another computer. Used by one thread.
class ByteSource {
 public:
  struct Reading {
    // Bytes written to the front of `into`; 0 when the deadline passed or the source ended.
    std::size_t count = 0;
    // Nothing will ever come again.
    bool ended = false;
  };

  virtual ~ByteSource() = default;
  // Returns as soon as something came, at the latest after about `wait_ms_max`. An error is final: open it anew.
  virtual Result<Reading> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) = 0;
};

}  // namespace kuangxun::gps
