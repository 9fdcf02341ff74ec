#pragma once

#include "app/cli/command.h"
#include "app/inspect/visit/actions.h"

// Actions on one record, and what is said of it afterwards.
namespace kuangxun::cli {

// "FIELD=VALUE"; usage when there is no "=".
Result<std::vector<inspect::FieldText>> read_assignments(const std::vector<std::string>& assignments);

// What was made or changed, as a script wants it.
Result<int> print_outcome(Context& context, history::RecordStore& store, const Uuid& id);

// Does the action and prints its outcome.
Result<int> run_one(Context& context, std::string_view action, const inspect::Request& request,
                    history::RecordStore& store);

}  // namespace kuangxun::cli
