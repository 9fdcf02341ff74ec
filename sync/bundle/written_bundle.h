#pragma once

#include <cstdint>
#include <optional>

#include "db/base/hash.h"
#include "db/base/result.h"
#include "db/base/uuid.h"

namespace kuangxun::bundle {

// A file on the medium, which was read back from it and is the same.
struct WrittenFile {
  std::uint64_t bytes = 0;
  Hash hash;  // SHA-256 of the whole file, for the slip of paper that goes with the stick
};

// What a laptop put on the stick. Nothing counts as synced by it: only the answers that come home do that.
struct WrittenBundle {
  Uuid id;
  WrittenFile file;
  std::uint64_t frames = 0;
  std::uint64_t photos = 0;
  // The first photo that could not be read; the others are in it.
  std::optional<Error> problem;
};

}  // namespace kuangxun::bundle
