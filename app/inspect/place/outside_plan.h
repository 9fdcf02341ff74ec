#pragma once

#include <set>
#include <string>
#include <string_view>

#include "db/history/record_store.h"

namespace kuangxun::inspect {

// Places of the 78th regiment (兵团七十八团): inside the county's line, but the plan covers the county without it. They
// are flagged for people; no rule asks it and no verdict changes by it.
class OutsidePlan {
 public:
  static Result<OutsidePlan> read(history::RecordReader& store);

  // A township that is outside the plan; a place that stands in one or whose name or description names the regiment; a
  // unit, visit or evidence of such a place. `store` is asked for what the record hangs on.
  bool contains(history::RecordReader& store, const records::Record& record) const;

 private:
  std::set<Uuid> townships_;
};

// "the plan covers the county without it": for people, a finished sentence; and short, for a list.
std::string outside_plan_text();
std::string outside_plan_mark();
// 兵团七十八团, 78团, 七十八团 … in what people write.
bool names_the_regiment(std::string_view text);

}  // namespace kuangxun::inspect
