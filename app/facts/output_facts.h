#pragma once

#include <cstdint>
#include <vector>

#include "app/facts/yearly_index.h"

// For this folder only.
namespace kuangxun::facts {

struct Mineral {
  std::int64_t number = 0;  // of mineral_enumeration
  bool is_by_volume = false;
};

// What the mines of a mineral put out in the year that the target speaks of (before it ends: in the newest year with
// returns), from returns alone, at scale 6. A mine without a return leaves the sum open above, whatever its state: only
// a return that says so is zero. What people see names the year, how many filed, the newest year apart, and the
// licensed capacity beside.
FactValue county_output(const Mineral& mineral, int target_year,
                        const std::vector<const records::Record*>& counted_mines, const YearlyIndex& index,
                        const Registers& registers);

}  // namespace kuangxun::facts
