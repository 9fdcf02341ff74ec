#pragma once

#include "tests/simulation/laptop_disk.h"
#include "tests/support/memory/memory_laptop_store.h"

namespace kuangxun::simulation {

// A new laptop in memory. The shelf is borrowed and shared by all of a world. With `strikes_between_calls` a fault
// never strikes inside a call of the store.
std::unique_ptr<LaptopDisk> memory_laptop(const LaptopParts& parts, tests::FrameShelf& shelf,
                                          bool strikes_between_calls);

}  // namespace kuangxun::simulation
