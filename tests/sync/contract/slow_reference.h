#pragma once

#include <string>
#include <vector>

#include "db/history/operation.h"

namespace kuangxun::tests {

// What the typed tables must show after all these operations, in whatever order they came; the slow, obviously right
// way: what the county hides is left out, then what waits for a base that never came, and of the rest an operation
// stands unless another one of its group names it as a base. In the form of SqlStore::dump().
std::string slow_dump(const std::vector<history::Operation>& operations, const Uuid& county);

// The first line that differs, as "this / that"; empty when there is none.
std::string first_difference(const std::string& one, const std::string& other);

}  // namespace kuangxun::tests
