#pragma once

#include <map>
#include <vector>

#include "db/history/apply.h"
#include "db/records/record.h"

namespace kuangxun::history {

// The heads of one record, by group; each group's ascend by id.
using HeadsByGroup = std::map<records::GroupNumber, std::vector<Head>>;

// The record as these heads show it. Of a dispute the head that stands last in display order; values that do not fit
// their fields, and groups that this program does not know, are shown nowhere.
records::Record shown_record(const Uuid& id, const records::KindDescription& kind, const HeadsByGroup& heads);

}  // namespace kuangxun::history
