#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The plan as it was scanned, where the checkout has it beside itself, cut into its tables.
namespace kuangxun::tests {

struct PrintedTable {
  std::vector<std::string> header;
  std::map<int, std::vector<std::string>> rows;  // by the printed row number
};

struct PrintedPlan {
  std::string text;                    // the whole plan, bare
  std::map<int, PrintedTable> tables;  // by number; the one without title is 4
};

// Without white space and markup tags, ² as 2: what may differ between print and register.
std::string bare(std::string_view text);

// Nothing where the plan is not there; the caller says loudly what it skips.
std::optional<PrintedPlan> read_printed_plan();

}  // namespace kuangxun::tests
