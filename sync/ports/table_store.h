#pragma once

#include <set>
#include <span>

#include "db/base/result.h"
#include "sync/ports/record_key.h"
#include "sync/tables/typed_tables.h"

namespace kuangxun::ports {

// The tables people read.
class TableStore {
 public:
  virtual ~TableStore() = default;

  // Rows that are not there yet; rows that are, or may be; rows to take away.
  virtual Status add_rows(std::span<const tables::TypedRow> rows) = 0;
  virtual Status replace_rows(std::span<const tables::TypedRow> rows) = 0;
  virtual Status remove_rows(const std::set<RecordKey>& records) = 0;
};

}  // namespace kuangxun::ports
