#pragma once

#include <string>
#include <vector>

#include "sync/sql/sql_database.h"

namespace kuangxun::sql {

// The statements that make the county's own tables (sync_*) from nothing, and what each table is for.
struct OwnTable {
  std::string name;
  std::string comment;
  std::vector<std::string> statements;
  std::string packed_column;  // whose bytes are not worth compressing; empty for none
};
// Came last: a database without it was made by an earlier program.
constexpr const char* newest_own_table = "sync_upward_package";
std::vector<OwnTable> own_tables(const SqlDatabase& database);

}  // namespace kuangxun::sql
