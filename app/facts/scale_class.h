#pragma once

#include <optional>
#include <vector>

#include "app/facts/registers.h"

namespace kuangxun::facts {

// 专栏14 for one mineral and one method: where each class begins, in the row's unit a year scaled by 10^4.
struct ClassLimits {
  FactValue large;
  FactValue medium;
  FactValue minimum;  // the lowest figure that the row prints for the method
};

// How big a mine is by 专栏14.
struct ScaleClass {
  const records::Record* row = nullptr;  // of minimum_scale; none for minerals that the table does not list
  FactValue capacity;                    // in the row's unit
  ClassLimits underground;
  ClassLimits open_pit;
  // large, medium or small; under the minimum counts as small, as the plan itself counts. While the method is unknown
  // it has those classes as candidates that either method gives.
  FactValue size;
};

ScaleClass classify(const records::Record& mine, const Registers& registers);

}  // namespace kuangxun::facts
