#include "db/base/random.h"

#include <sodium.h>

#include <cstdlib>

namespace kuangxun {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  if (sodium_init() < 0) std::abort();  // no randomness: nothing this program makes could be trusted
  randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace kuangxun
