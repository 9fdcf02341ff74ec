#pragma once

#include <cstdio>
#include <cstdlib>

namespace kuangxun::fuzz {

// A property that must hold whatever the input: otherwise the program ends here, in any build, and libFuzzer keeps the
// input that did it.
inline void must(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "DOES NOT HOLD: %s\n", property);
  std::abort();
}

}  // namespace kuangxun::fuzz
