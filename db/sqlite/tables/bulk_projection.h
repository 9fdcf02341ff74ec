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
      : dictionary_(dictionary), projection_(projection), rows_(rows), heads_(heads), log_(log) {}

  // Writes the operation's row too; for what comes out of frames.
  Status gather(const history::Operation& operation);
  // All rows that are there already.
  Status gather_rows();
  // Shows what the county's own records say first, and applies its decisions to the rest. The log knows them then.
  Status show(const Uuid& county);

  // The same in pieces, for whoever gathers and shows between other people's work. Some rows behind `after`; the key of
  // the last one, `after` at the end.
  Result<OperationKey> gather_some(OperationKey after, std::size_t most, const OperationRows::VisitRow& visit);
  // What finds what is shown of the county's own records, then, once those are shown, of the rest. It sorts, in memory
  // of this object alone, and takes as long as the log is: any thread may do it, while nobody gathers or shows here.
  using Search = std::function<HeadFinder::Part()>;
  Result<Search> search_county(const Uuid& county);
  Result<Search> search_rest(const Uuid& county);
  // What was found is to be shown.
  Status begin_part(HeadFinder::Part part);
  // Writes so many groups of what was found, to the end of a record. Whether there is more.
  Result<bool> show_some(std::size_t groups);

 private:
  using Entries = std::vector<CellEntry>;

  Status show_whole_part();
  // All heads of one record: consecutive entries.
  Status show_record(Entries::const_iterator first, Entries::const_iterator last);
  Status show_group(CellKey cell, const std::vector<OperationKey>& heads, records::Record* shown);

  Dictionary& dictionary_;
  Projection& projection_;
  OperationRows& rows_;
  HeadTable& heads_;
  OperationLog& log_;
  HeadFinder finder_;
  HeadFinder::Part part_;  // what is being shown
  std::size_t shown_ = 0;  // of its heads
};

}  // namespace kuangxun::sqlite
