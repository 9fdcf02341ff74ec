#pragma once

#include "app/cli/command.h"
#include "app/json/json_value.h"
#include "app/office/told.h"

// A report as commands show it.
namespace kuangxun::cli {

// Every item by its name, after what `json` holds already.
void add_items(const office::Told& told, json::JsonValue& json);
// The items on a line, then what people must be told.
void print_told(const office::Told& told, std::ostream& out);
// In JSON, behind what `json` holds, or for people. The problem of a report makes the command end with 4.
Result<int> show(Context& context, const office::Told& told, json::JsonValue json = json::JsonValue::object());

}  // namespace kuangxun::cli
