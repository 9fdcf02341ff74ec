#pragma once

#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/connection/database.h"

namespace kuangxun::sqlite {

// What is being typed: the table pending, a row for each group of a record.
class PendingRows {
 public:
  explicit PendingRows(Database& database) : database_(database) {}

  // In place of the row of the same record and group.
  Status keep(const history::PendingEdit& pending);
  // Oldest first.
  Result<std::vector<history::PendingEdit>> all();
  Result<std::uint64_t> count();
  Status remove(const Uuid& record, records::GroupNumber group);

 private:
  Database& database_;
};

}  // namespace kuangxun::sqlite
