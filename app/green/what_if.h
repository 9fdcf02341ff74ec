#pragma once

#include "app/green/standing.h"

// Which items would lift a mine over the lines at least effort. Exact: of all sets of items that, brought to their full
// marks, reach the total and every floor and meet every veto, one of least effort and, of those, of fewest items.
namespace kuangxun::green {

struct LiftedItem {
  std::int64_t number = 0;
  std::int64_t gain = 0;
  std::int64_t effort = 0;
};

struct WhatIf {
  bool is_reached_already = false;
  bool is_possible = false;
  std::vector<LiftedItem> items;  // by number
  std::int64_t effort = 0;
  bool is_by_count = false;  // no item of the table has an estimate: the fewest items, an effort of one each
  std::vector<std::int64_t> without_estimate;  // could be lifted, but nobody said at what effort: left out
  std::vector<std::string> why_not;            // when it is not possible
};

// bad_input, with the reason, while it cannot be told: marks missing or contradictory, no line, no word on how items
// that do not apply are treated. The table must be whole.
Result<WhatIf> what_if(const ItemTable& table, const ItemScores& scores, const Line& line);

}  // namespace kuangxun::green
