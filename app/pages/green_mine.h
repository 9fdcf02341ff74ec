#pragma once

#include "app/criteria/verdict.h"
#include "app/green/assessment.h"
#include "app/pages/context.h"

// What the parts of a mine as a green one share.
namespace kuangxun::pages {

// "2026-07-01　autonomous region　TITLE OF THE INDEX", marked when it is an example.
std::string assessment_title(const green::Assessment& assessment);
// The catalogue of green mines on a mine, on a day.
Result<std::vector<criteria::Verdict>> green_verdicts_on(Context& context, const Uuid& mine, Day day);

}  // namespace kuangxun::pages
