#include "tests/support/seeded_random.h"

namespace kuangxun::tests {

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
}

}  // namespace kuangxun::tests
