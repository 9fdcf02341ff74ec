#pragma once

#include <optional>
#include <string>

#include "app/intake/table_import.h"

// What the reading of a table comes to, in words that command line and window share.
namespace kuangxun::intake {

// "row 3", and what differs in it.
std::string row_text(const Difference& difference);
std::string difference_text(const Difference& difference);
// How many rows were read, and what became of them.
std::string summary_text(const Imported& imported);

// "keep", "replace"; anything else stops.
Differences read_differences(std::string_view word);
// The year that is typed for a table without such a column; nothing when nothing is typed.
Result<std::optional<int>> read_table_year(const std::string& text);

}  // namespace kuangxun::intake
