#pragma once

#include <ostream>

#include "app/cli/json_value.h"
#include "app/office/told.h"

// For this folder only: a report as commands show it.
namespace kuangxun::cli {

// Every item by its name, after what `json` holds already.
void add_items(const office::Told& told, JsonValue& json);
// The items on a line, then what people must be told.
void print_told(const office::Told& told, std::ostream& out);
// What a command ends with: `code`, or the problem, which makes it exit 4.
Result<int> outcome_of(const office::Told& told, int code);

}  // namespace kuangxun::cli
