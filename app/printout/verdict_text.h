#pragma once

#include <ostream>
#include <vector>

#include "app/criteria/verdict.h"

namespace kuangxun::printout {

// Verdicts for people, place by place: outcome, rule, where it stands, the whole reason, what follows from a failure.
// What does not apply is counted only. Documents are named once, at the end. Lines wrap at `line_width` columns; 0:
// never.
void print_verdicts(std::ostream& out, const std::vector<criteria::Verdict>& verdicts, Day on, std::size_t line_width);

}  // namespace kuangxun::printout
