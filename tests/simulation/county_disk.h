#pragma once

#include <memory>

#include "sync/ports/county_store.h"
#include "tests/simulation/strike.h"

namespace kuangxun::simulation {

// What is left of a county when its program ends, in memory or in a real database.
class CountyDisk {
 public:
  virtual ~CountyDisk() = default;
  // One store at a time; the disk outlives it.
  virtual std::unique_ptr<ports::CountyStore> open(Strike& strike) = 0;
  // While no store is open: a backup.
  virtual std::unique_ptr<CountyDisk> copy() const = 0;
};

std::unique_ptr<CountyDisk> memory_county();

}  // namespace kuangxun::simulation
