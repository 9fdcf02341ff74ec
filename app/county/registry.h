#pragma once

#include <iosfwd>
#include <vector>

#include "app/json/json_value.h"
#include "sync/rights/registry.h"
#include "sync/sql/sql_store.h"

namespace kuangxun::county {

// Devices, people and decisions as the store has them now.
Result<rights::Registry> read_registry(sql::SqlStore& store);

// A list as scripts get it from the county: an array, a line for each.
void print_rows(std::ostream& out, const std::vector<json::JsonValue>& rows);

}  // namespace kuangxun::county
