#pragma once

#include <cstdint>
#include <optional>

#include "db/base/result.h"
#include "db/base/uuid.h"
#include "sync/container/written_file.h"

namespace kuangxun::bundle {

// What a laptop put on the stick. Nothing counts as synced by it: only the answers that come home do that.
struct WrittenBundle {
  Uuid id;
  container::WrittenFile file;
  std::uint64_t frames = 0;
  std::uint64_t photos = 0;
  // The first photo that could not be read; the others are in it.
  std::optional<Error> problem;
};

}  // namespace kuangxun::bundle
