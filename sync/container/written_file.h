#pragma once

#include <cstdint>

#include "db/base/hash.h"

namespace kuangxun::container {

// A file on the medium, which was read back from it and is the same.
struct WrittenFile {
  std::uint64_t bytes = 0;
  Hash hash;  // SHA-256 of the whole file, for the slip of paper that goes with the stick
};

}  // namespace kuangxun::container
