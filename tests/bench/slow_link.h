#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "db/base/bytes.h"

namespace kuangxun::bench {

// A poor link between a laptop and a port of this machine: so many bits a second each way, so long on the way, and each
// connection is cut after so long, on both sides at once; what is on its way then is lost. One connection at a time.
class SlowLink {
 public:
  struct Options {
    std::uint16_t to_port = 0;
    double bits_per_s = 0;                         // 0: as fast as this machine
    std::chrono::milliseconds delay{0};            // one way
    std::chrono::milliseconds connection_life{0};  // 0: for ever
    std::function<void()> on_connection;           // on the link's thread
  };
  explicit SlowLink(Options options);
  ~SlowLink();
  SlowLink(const SlowLink&) = delete;
  SlowLink& operator=(const SlowLink&) = delete;

  std::uint16_t port() const { return port_; }
  // TCP payload that went over the link, both ways, lost bytes too.
  std::uint64_t bytes() const { return bytes_; }
  // The same without what TLS adds to what is said inside, once the handshake is over.
  std::uint64_t bytes_inside() const { return bytes_inside_; }
  std::uint64_t connections() const { return connections_; }

 private:
  using Timer = std::chrono::steady_clock;
  struct Piece {
    Timer::time_point due;
    Bytes bytes;
  };
  // One way of one connection.
  struct Way {
    int from = -1;
    int to = -1;
    Timer::time_point free_at;  // when the next byte may go
    std::deque<Piece> pieces;
    Bytes header;  // of a TLS record, as far as it was seen
    std::size_t record_left = 0;
    bool has_ended = false;
  };

  void run();
  void carry(int laptop, int county);
  bool take(Way& way, Timer::time_point now);
  bool deliver(Way& way, Timer::time_point now);
  void count_records(Way& way, ByteView bytes);

  const Options options_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> is_ending_ = false;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::atomic<std::uint64_t> bytes_inside_ = 0;
  std::atomic<std::uint64_t> connections_ = 0;
  std::thread thread_;
};

}  // namespace kuangxun::bench
