#pragma once

#include <cstdint>
#include <span>

namespace kuangxun {

// The only source of randomness; a test gives a seeded one, so that a printed seed replays a
// failure.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The operating system's generator (through libsodium), fit for keys.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace kuangxun
