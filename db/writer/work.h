#pragma once

#include <cstdint>

#include "db/sqlite/local_store.h"

namespace kuangxun::writer {

// How far work is. A total of 0 is not known.
struct Progress {
  std::uint64_t records = 0;
  std::uint64_t records_total = 0;
  std::uint64_t bytes = 0;
  std::uint64_t bytes_total = 0;
  bool operator==(const Progress&) const = default;
};

// Work that is done in short steps. A step runs on the writer's thread, leaves the store whole, and should be over in
// step_ms_max; between two steps others have their turn, and the work may be stopped there.
class Work {
 public:
  static constexpr std::int64_t step_ms_max = 50;

  virtual ~Work() = default;
  // Whether there is more to do. `progress` is what people see.
  virtual Result<bool> step(sqlite::LocalStore& store, Progress& progress) = 0;
};

}  // namespace kuangxun::writer
