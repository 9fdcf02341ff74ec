#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <thread>

namespace kuangxun::tests {

// A link between a laptop and a port of this machine that breaks: each connection ends, on both sides, once so many
// bytes have gone towards the county, or back. One connection at a time.
class CuttingRelay {
 public:
  static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
  // What the laptop sees: a TCP reset, or an orderly close without a word of TLS. The county sees the latter, after all
  // that was sent to it.
  enum class Way { reset, quiet_end };

  explicit CuttingRelay(std::uint16_t to_port, Way way = Way::reset);
  ~CuttingRelay();
  CuttingRelay(const CuttingRelay&) = delete;
  CuttingRelay& operator=(const CuttingRelay&) = delete;

  std::uint16_t port() const { return port_; }
  // For connections from now on.
  void cut_after(std::uint64_t towards_bytes, std::uint64_t back_bytes = never);
  // Over all connections.
  std::uint64_t towards_bytes() const { return towards_; }
  std::uint64_t back_bytes() const { return back_; }
  std::uint64_t connections() const { return connections_; }

 private:
  void run();
  void carry(int laptop, int county);

  const std::uint16_t to_port_;
  const Way way_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> is_ending_ = false;
  std::atomic<std::uint64_t> towards_max_ = never;
  std::atomic<std::uint64_t> back_max_ = never;
  std::atomic<std::uint64_t> towards_ = 0;
  std::atomic<std::uint64_t> back_ = 0;
  std::atomic<std::uint64_t> connections_ = 0;
  std::thread thread_;
};

}  // namespace kuangxun::tests
