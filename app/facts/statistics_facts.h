#pragma once

#include "app/facts/registers.h"

// For this folder only.
namespace kuangxun::facts {

// From the yearly figures of the county that were published up to the day. What the plan sets for the end of its term
// is answered by the figure of that year; a later one stands beside it.
void add_statistics(FactWriter& facts, const Registers& registers);

}  // namespace kuangxun::facts
