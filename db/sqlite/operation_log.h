#pragma once

#include <optional>
#include <unordered_set>
#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/database.h"
#include "db/sqlite/dictionary.h"
#include "db/sqlite/projection.h"

namespace kuangxun::sqlite {

// The tables operation, head, existence, dispute and parked, and through them the projection. Every change happens
// inside the caller's transaction; after a rollback call load() again.
class OperationLog {
 public:
  OperationLog(Database& database, Dictionary& dictionary, Projection& projection)
      : database_(database), dictionary_(dictionary), projection_(projection) {}
  Status load();

  // Keeps the operation and shows it, or parks it until its bases are here. False: it was here already.
  Result<bool> append(const history::Operation& operation);

  // One operation by its key, whole.
  Result<history::Operation> read(OperationKey key);
  Result<bool> contains(OperationKey key);
  // The keys of a group's heads, ascending; empty when it was never set.
  Result<std::vector<OperationKey>> heads_of(CellKey cell);
  // The heads with their values, ascending by id.
  Result<std::vector<history::Head>> full_heads(CellKey cell);
  // The heads of every group of a record, by group.
  Result<std::map<records::GroupNumber, std::vector<history::Head>>> heads_of_record(std::int64_t record_index);

  // Writes one operation row without looking at anything else; for the bulk path.
  Status insert_row(OperationKey key, CellKey cell, const history::Operation& operation);
  Status write_heads(CellKey cell, const std::vector<OperationKey>& heads);
  Status mark_disputed(CellKey cell, bool disputed);
  // Shows whether the record stands or is voided, and whether that is disputed; for records with existence heads.
  Status refresh_existence(const RecordEntry& record);
  // Is a voided record edited by somebody who did not see that?
  Result<bool> is_void_disputed(std::int64_t record_index);
  Result<std::vector<history::Head>> edits_unseen_by_voids(std::int64_t record_index);

 private:
  Status apply(OperationKey key, const RecordEntry& record, const history::Operation& operation,
               const std::vector<OperationKey>& bases);
  Status show(const RecordEntry& record, CellKey cell, const std::vector<OperationKey>& heads,
              const history::Operation& newest);
  // The first base that is not applied, if any.
  Result<std::optional<OperationKey>> missing_base(const std::vector<OperationKey>& heads,
                                                   const std::vector<OperationKey>& bases);
  Status release_parked(OperationKey arrived);

  Database& database_;
  Dictionary& dictionary_;
  Projection& projection_;
  std::unordered_set<std::int64_t> with_existence_;  // records that were ever voided
  std::int64_t parked_count_ = 0;
  std::int64_t disputed_count_ = 0;
};

}  // namespace kuangxun::sqlite
