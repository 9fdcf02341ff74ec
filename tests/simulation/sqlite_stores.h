#pragma once

#include "tests/simulation/world.h"

namespace kuangxun::simulation {

// The stores of the real programs, in files of a temporary folder: for laptops a LocalStore behind its writer's thread,
// one SQLite file for the county. Laptops are struck between the calls of their store, the county between any two
// statements. Slower than memory by two orders.
Stores sqlite_stores();
std::unique_ptr<LaptopDisk> sqlite_laptop(const LaptopParts& parts);
std::unique_ptr<CountyDisk> sqlite_county();

}  // namespace kuangxun::simulation
