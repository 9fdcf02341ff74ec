#pragma once

#include <vector>

#include "db/sqlite/operation_log.h"

namespace kuangxun::sqlite {

// The tables from scratch, in two passes. gather() writes the operation rows in the order of the frames and remembers
// which operation belongs to which group and what it supersedes: 16 bytes each, so that a million fit in memory. show()
// walks the groups in order, so that every record is written once, whole. Into empty tables, inside a transaction.
class BulkProjection {
 public:
  BulkProjection(Database& database, Dictionary& dictionary, Projection& projection, OperationLog& log)
      : database_(database), dictionary_(dictionary), projection_(projection), log_(log) {}

  Status gather(const history::Operation& operation);
  // False when some operation must be parked; then show() must not be called.
  bool has_every_base();
  Status show();

 private:
  struct CellEntry {
    CellKey cell;
    OperationKey operation;
    auto operator<=>(const CellEntry&) const = default;
  };
  using Entries = std::vector<CellEntry>;

  // All heads of one record: consecutive entries.
  Status show_record(Entries::const_iterator first, Entries::const_iterator last);
  Status show_group(CellKey cell, const std::vector<OperationKey>& heads, records::Record* shown);
  Result<std::vector<records::FieldValue>> values_of(OperationKey key);

  Database& database_;
  Dictionary& dictionary_;
  Projection& projection_;
  OperationLog& log_;
  Entries entries_;
  Entries superseded_;
};

}  // namespace kuangxun::sqlite
