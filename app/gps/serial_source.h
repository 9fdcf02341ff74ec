#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gps/byte_source.h"
#include "app/gps/nmea_scanner.h"
#include "app/gps/serial_line.h"
#include "db/base/clock.h"

namespace kuangxun::gps {

struct SerialAddress {
  // Empty: whichever port has a receiver.
  std::string port;
  // Absent: found out by listening.
  std::optional<int> baud;
};

// A receiver on a serial line. Once it is made it never ends and never fails: a port that is unplugged is looked for
// until it is there again. The speed is the one at which sentences with right checksums come; it is looked for anew
// when they stop and bytes do not. Used by one thread.
class SerialSource final : public ByteSource {
 public:
  // In the order of trying: what most receivers are set to comes first.
  static constexpr std::array bauds = {9600, 4800, 115200, 38400, 57600, 19200, 230400, 460800};
  // A speed is right when so many sentences came at it.
  static constexpr int sentences_needed = 2;
  // Two moments of a receiver that speaks once a second, and a little.
  static constexpr std::int64_t listen_ms_max = 2'500;
  // So many bytes without a sentence: longer than two of the longest and a binary message between them.
  static constexpr std::size_t noise_bytes_max = 768;
  static constexpr std::int64_t retry_ms = 1'000;

  using ListPorts = std::vector<SerialPort> (*)();

  // `clock` outlives the source. Without a port none needs to be there yet; a port that is named must open, or the
  // error says why it does not.
  static Result<std::unique_ptr<SerialSource>> open(SerialAddress address, Clock& clock,
                                                    std::unique_ptr<SerialLine> line = make_system_serial_line(),
                                                    ListPorts list_ports = &list_serial_ports);

  Result<Reading> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override;

  // The port that is open now; empty while none is.
  const std::string& port() const { return port_; }
  // The speed at which sentences come; nothing while it is looked for.
  std::optional<int> baud() const { return is_settled_ ? std::optional(baud_now()) : std::nullopt; }

 private:
  SerialSource(SerialAddress address, Clock& clock, std::unique_ptr<SerialLine> line, ListPorts list_ports);
  int baud_now() const { return address_.baud ? *address_.baud : bauds[baud_index_]; }
  Status open_port(const std::string& port);
  void find_port();
  Status begin_speed();
  void next_speed();
  void lose();
  void take(ByteView bytes);

  SerialAddress address_;
  Clock& clock_;
  std::unique_ptr<SerialLine> line_;
  ListPorts list_ports_;
  std::string port_;
  std::size_t port_index_ = 0;  // of those listed: which one is next
  std::size_t baud_index_ = 0;
  std::size_t speeds_tried_ = 0;  // at this port since it was opened or last settled
  bool is_settled_ = false;
  NmeaScanner scanner_;
  int sentences_ = 0;            // at this speed
  std::size_t noise_bytes_ = 0;  // since the last sentence
  std::int64_t begun_steady_ms_ = 0;
  std::optional<std::int64_t> next_try_steady_ms_;
  Bytes held_;  // of a speed that is being tried: handed on when it proves right
};

// "auto", a device ("/dev/ttyUSB0"), either with "@9600" behind. usage for a speed that is none.
Result<SerialAddress> parse_serial_address(std::string_view text);
// Whether the text means a serial port: "auto", or a character device that is there, or something in /dev.
bool is_serial_address(std::string_view text);

}  // namespace kuangxun::gps
