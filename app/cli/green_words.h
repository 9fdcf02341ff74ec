#pragma once

#include "app/cli/command.h"
#include "app/criteria/verdict.h"
#include "app/green/assessment.h"

// What the commands about green mines have in common.
namespace kuangxun::cli {

Result<green::Library> library_of(const Context& context);
Result<Uuid> find_mine(history::RecordStore& store, const std::string& text);
// An assessment's id; or a mine, whose newest is meant.
Result<Uuid> find_assessment(history::RecordStore& store, const green::Library& library, const std::string& text);
// Who is named by --by, else who acts; empty when that is nobody.
Result<std::string> by_whom(Context& context, history::RecordStore& store, const std::string& by);
// The verdicts of the rules on them, on the assessment's day.
Result<std::vector<criteria::Verdict>> preconditions_of(Context& context, history::RecordStore& store,
                                                        const green::Assessment& assessment);
// The kind and id of what was made.
Result<int> print_made(Context& context, history::RecordStore& store, const Uuid& id);
Result<int> show_assessment(Context& context, history::RecordStore& store, const green::Library& library,
                            const Uuid& id);

}  // namespace kuangxun::cli
