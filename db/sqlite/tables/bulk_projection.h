#pragma once

#include <vector>

#include "db/sqlite/tables/head_finder.h"
#include "db/sqlite/tables/operation_log.h"

namespace kuangxun::sqlite {

// The tables from scratch, in two passes. The first gathers which operation belongs to which group and what it
// supersedes. show() walks the groups in order, so that every record is written once, whole. Into an empty projection,
// inside a transaction.
class BulkProjection {
 public:
  BulkProjection(Dictionary& dictionary, Projection& projection, OperationRows& rows, HeadTable& heads,
                 OperationLog& log)
      : dictionary_(dictionary), projection_(projection), rows_(rows), heads_(heads), log_(log), finder_(dictionary) {}

  // Writes the operation's row too; for what comes out of frames.
  Status gather(const history::Operation& operation);
  // All rows that are there already.
  Status gather_rows();
  // Shows what the county's own records say first, and applies its decisions to the rest. The log knows them then.
  Status show(const Uuid& county);

 private:
  using Entries = std::vector<CellEntry>;

  Status show_part(const HeadFinder::Part& part);
  // All heads of one record: consecutive entries.
  Status show_record(Entries::const_iterator first, Entries::const_iterator last);
  Status show_group(CellKey cell, const std::vector<OperationKey>& heads, records::Record* shown);

  Dictionary& dictionary_;
  Projection& projection_;
  OperationRows& rows_;
  HeadTable& heads_;
  OperationLog& log_;
  HeadFinder finder_;
};

}  // namespace kuangxun::sqlite
