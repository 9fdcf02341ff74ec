#pragma once

#include <vector>

#include "db/sqlite/connection/connection.h"
#include "db/sqlite/tables/keys.h"

namespace kuangxun::sqlite {

// Keys as a column: one is an integer, several are 8 little-endian bytes each, none is NULL. `buffer` must live until
// the statement ran.
void bind_keys(Statement& statement, int parameter, const std::vector<OperationKey>& keys, Bytes& buffer);
std::vector<OperationKey> column_keys(const Statement& statement, int column);

}  // namespace kuangxun::sqlite
