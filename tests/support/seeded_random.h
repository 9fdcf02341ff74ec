#pragma once

#include <cstdint>
#include <random>

#include "db/base/random.h"

namespace kuangxun::tests {

// Replays exactly from its seed. Never for keys outside tests.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;
  // A whole number from 0 to bound - 1.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  bool chance_percent(unsigned percent) { return below(100) < percent; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace kuangxun::tests
