#pragma once

#include <memory>
#include <string>

#include "app/gps/byte_source.h"
#include "db/base/clock.h"

namespace kuangxun::gps {

// Where on a network a receiver speaks.
struct NetworkAddress {
  enum class Protocol {
    tcp,   // a receiver or a mixer that sends NMEA to whoever connects
    gpsd,  // the same after it is asked to: gpsd passes on what its receivers say
    udp,   // what anybody sends to a port of ours
  };
  Protocol protocol = Protocol::tcp;
  std::string host;  // of udp: the address to listen at, empty for any
  std::string port;
};

// A receiver on the network. Never ends and never fails once it is made: a connection that is refused, breaks or says
// nothing for silence_ms_max is made anew, for ever, waiting longer each time up to retry_ms_max. Used by one thread.
class NetworkSource final : public ByteSource {
 public:
  static constexpr std::int64_t silence_ms_max = 15'000;
  static constexpr std::int64_t retry_ms_min = 250;
  static constexpr std::int64_t retry_ms_max = 5'000;

  // `clock` outlives the source. unavailable when a port of ours cannot be opened for udp.
  static Result<std::unique_ptr<NetworkSource>> open(NetworkAddress address, Clock& clock);
  ~NetworkSource() override;

  Result<Reading> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override;

  bool is_connected() const { return is_connected_; }
  // How often a connection was made.
  int connections() const { return connections_; }
  // The port that udp listens at (one of its own choosing when "0" was asked).
  int local_port() const;

 private:
  NetworkSource(NetworkAddress address, Clock& clock);
  Status listen();
  void connect_some(std::int64_t wait_ms_max);
  void begin_connecting();
  void connected();
  void lose();
  bool wait_for(short events, std::int64_t wait_ms_max) const;

  NetworkAddress address_;
  Clock& clock_;
  int socket_ = -1;
  bool is_connecting_ = false;
  bool is_connected_ = false;
  int connections_ = 0;
  std::int64_t heard_steady_ms_ = 0;
  std::int64_t next_try_steady_ms_ = 0;
  std::int64_t retry_ms_ = retry_ms_min;
};

// "gpsd://HOST[:PORT]", "tcp://HOST:PORT", "udp://[HOST]:PORT"; an IPv6 host in brackets. usage for anything else.
Result<NetworkAddress> parse_network_address(std::string_view text);

}  // namespace kuangxun::gps
