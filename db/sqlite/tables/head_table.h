#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/tables/operation_rows.h"
#include "db/sqlite/tables/projection.h"

namespace kuangxun::sqlite {

// Whether a record stands voided, and why, as its existence heads say.
struct Existence {
  bool is_voided = false;
  std::string reason;
};
Existence shown_existence(const std::vector<history::Head>& heads);

// The tables head, existence and dispute: which operations a group of a record stands on, and where people disagree.
// Every change happens inside the caller's transaction; after a rollback call load() again.
class HeadTable {
 public:
  HeadTable(Database& database, Dictionary& dictionary, Projection& projection, OperationRows& rows)
      : database_(database), dictionary_(dictionary), projection_(projection), rows_(rows) {}
  Status load();

  // The keys of a group's heads, ascending; empty when it was never set.
  Result<std::vector<OperationKey>> of(CellKey cell);
  // Whether anything of a record is shown.
  Result<bool> has_any(std::int64_t record_index);
  // The heads with their values, ascending by id.
  Result<std::vector<history::Head>> full(CellKey cell);
  // The heads of every group of a record, by group.
  Result<std::map<records::GroupNumber, std::vector<history::Head>>> of_record(std::int64_t record_index);
  // All heads, by cell.
  using VisitHeads = std::function<void(CellKey, const std::vector<OperationKey>&)>;
  Status for_each(const VisitHeads& visit);

  Status write(CellKey cell, const std::vector<OperationKey>& heads);
  Status mark_disputed(CellKey cell, bool disputed);
  // Shows whether the record stands or is voided, and whether that is disputed; for records with existence heads.
  Status refresh_existence(const RecordEntry& record);
  // Whether it was ever voided or restored.
  bool has_existence(std::int64_t record_index) const { return with_existence_.contains(record_index); }
  // Is a voided record edited by somebody who did not see that?
  Result<bool> is_void_disputed(std::int64_t record_index);
  Result<std::vector<history::Head>> edits_unseen_by_voids(std::int64_t record_index);

  // The keys that the county has given a writer, also those of a record that it gave twice while it was restored; and
  // those of a person, one for each laptop on which the person made one.
  Result<std::vector<PublicKey>> device_keys(const history::WriterId& writer);
  Result<std::vector<PublicKey>> person_keys(const Uuid& person);

 private:
  Result<std::vector<PublicKey>> keys_in(const std::vector<std::int64_t>& records, records::KindNumber kind);

  Database& database_;
  Dictionary& dictionary_;
  Projection& projection_;
  OperationRows& rows_;
  std::unordered_set<std::int64_t> with_existence_;  // records that were ever voided
  std::int64_t disputed_count_ = 0;
};

}  // namespace kuangxun::sqlite
