#pragma once

#include <optional>
#include <vector>

#include "app/criteria/catalogue.h"
#include "app/criteria/verdict.h"
#include "db/history/record_store.h"

namespace kuangxun::criteria {

struct CheckOptions {
  std::optional<Uuid> site;  // all places when absent
  Day on = 0;                // the day whose rules and answers count; today's day_of() when a person asks nothing else
};

// The verdicts of all rules on all places (or one), ordered by place, then as the catalogue has the rules. A rule is
// listed for every place of a kind that it applies to; a place that is asked for alone, and of a kind that no rule
// applies to, gets every rule as not applicable. not_found or bad_input when `site` is no place, or void. Reads the
// store, never writes.
Result<std::vector<Verdict>> check(history::RecordStore& store, const Catalogue& catalogue,
                                   const CheckOptions& options);

}  // namespace kuangxun::criteria
