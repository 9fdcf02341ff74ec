#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "db/base/result.h"

namespace kuangxun::gps {

// One serial line, as the system has it; a test brings its own. Used by one thread.
class SerialLine {
 public:
  virtual ~SerialLine() = default;
  // unavailable when there is no such port, another program has it, or this user may not; the message says which.
  virtual Status open(const std::string& port) = 0;
  // Drops what was received before. unavailable when the port cannot do it or is gone.
  virtual Status set_baud(int baud) = 0;
  // Bytes written to the front of `into`; 0 when none came in about `wait_ms_max`. An error: the port is gone.
  virtual Result<std::size_t> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) = 0;
  virtual void close() = 0;
};

std::unique_ptr<SerialLine> make_system_serial_line();

struct SerialPort {
  std::string name;         // what SerialLine::open takes: "/dev/ttyUSB0"
  std::string description;  // "u-blox 7 - GPS/GNSS Receiver"; may be the name again
};
// What is plugged in now, those of USB and Bluetooth first.
std::vector<SerialPort> list_serial_ports();

}  // namespace kuangxun::gps
