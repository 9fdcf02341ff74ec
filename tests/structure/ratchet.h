#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/structure/tree.h"

namespace kuangxun::structure {

// Where a rule with a number is broken, by how much, and by whom: {"folder-files", "db/base", 45, "45 files"}.
struct Excess {
  std::string rule;
  std::string where;
  std::size_t count;
  std::string what;
};
using Excesses = std::vector<Excess>;

// ratchet.csv: what stood in the tree when a rule came, and may only become less.
struct Allowance {
  std::string rule;
  std::string where;
  std::size_t allowed;
};
// `rule,where,allowed` a line, under that heading; a line that is not so is an allowance of nothing for its whole text.
std::vector<Allowance> read_ratchet(std::string_view csv);

// An excess that no entry allows, and an entry that allows more than the tree needs, each with the number to write.
Findings check_ratchet(const Excesses& excesses, const std::vector<Allowance>& allowances);

// The tree as it is, in the table's form: what a new rule finds when it comes.
std::string whole_ratchet(const Excesses& excesses);

// The table with every entry as small as the tree allows today; what is not in it does not enter it.
std::string shrunk_ratchet(const Excesses& excesses, const std::vector<Allowance>& allowances);

}  // namespace kuangxun::structure
