#pragma once

#include <string>
#include <vector>

#include "db/base/calendar.h"
#include "db/history/record_store.h"

namespace kuangxun::inspect {

// What an approved 《方案》 is called: its title, or its kind.
std::string plan_name(const records::Record& plan);

// What the approved 《方案》 of a mine ask of one of its restoration units, a finished line each: thresholds first,
// then the tasks by year. Of tasks that name the unit, or were written with its name; nothing of what is void. `on`
// tells whether a plan has run out, which its lines then say. Shown beside what was measured, never judged here: what
// meets the plan is concluded by people.
Result<std::vector<std::string>> asked_of_unit(history::RecordReader& store, const records::Record& unit, Day on);
// On the day that the visit began.
Result<std::vector<std::string>> asked_of_unit(history::RecordReader& store, const records::Record& unit,
                                               const records::Record& visit);

}  // namespace kuangxun::inspect
