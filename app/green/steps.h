#pragma once

#include <string>
#include <vector>

#include "db/records/record.h"

// The road of an assessment: self-assessment, prefecture review, third party, spot check, publication; the county's
// opinion stands beside it and is never the conclusion of another level.
namespace kuangxun::green {

// What a third party's team is asked to be, against what is recorded: at least five people, all of intermediate title
// or above, at least two senior, a full-time leader.
struct TeamFinding {
  std::string text;
  bool is_short = false;    // recorded, and less than asked
  bool is_missing = false;  // not recorded
};
std::vector<TeamFinding> team_findings(const records::Record& step);

// Steps whose dates are out of order, as finished sentences; `steps` by date.
std::vector<std::string> order_findings(const std::vector<records::Record>& steps);

// The last step of the road that is dated; the county's opinion is none of it. "尚无环节" when there is none.
std::string stage_text(const std::vector<records::Record>& steps);

}  // namespace kuangxun::green
