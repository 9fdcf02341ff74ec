#pragma once

#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "db/history/record_store.h"
#include "db/history/visibility.h"
#include "db/sqlite/database.h"
#include "db/sqlite/dictionary.h"
#include "db/sqlite/projection.h"

namespace kuangxun::sqlite {

// Whether a record stands voided, and why, as its existence heads say.
struct Existence {
  bool is_voided = false;
  std::string reason;
};
Existence shown_existence(const std::vector<history::Head>& heads);

// The tables operation, head, existence, dispute and parked, and through them the projection. What the county hides is
// kept, but is no head and shows nowhere. Every change happens inside the caller's transaction; after a rollback call
// load() again.
class OperationLog {
 public:
  OperationLog(Database& database, Dictionary& dictionary, Projection& projection)
      : database_(database), dictionary_(dictionary), projection_(projection) {}
  Status load();
  const history::Visibility& visibility() const { return visibility_; }
  // From now on; what is shown already does not change by itself.
  void set_visibility(history::Visibility visibility) { visibility_ = std::move(visibility); }

  // Keeps the operation and shows it, or parks it until its bases are here. False: it was here already.
  Result<bool> append(const history::Operation& operation);

  // From here until end_batch() or load(), groups that change are kept in memory and shown by show_batch(), once each
  // however many operations concern them. What is read meanwhile is as before the batch.
  void begin_batch() { batch_.emplace(); }
  Status show_batch();
  Status end_batch() {
    KX_CHECK(show_batch());
    batch_.reset();
    return {};
  }
  // From here until load(), operations only get their rows, but for what the county alone may write: the caller shows
  // everything anew.
  void defer() { is_deferred_ = true; }
  bool is_deferred() const { return is_deferred_; }

  // One operation by its key, whole.
  Result<history::Operation> read(OperationKey key);
  Result<bool> contains(OperationKey key);
  // The keys of a group's heads, ascending; empty when it was never set.
  Result<std::vector<OperationKey>> heads_of(CellKey cell);
  Result<std::vector<records::FieldValue>> values_of(OperationKey key);
  // Whether anything of a record is shown.
  Result<bool> has_heads(std::int64_t record_index);
  // The heads with their values, ascending by id.
  Result<std::vector<history::Head>> full_heads(CellKey cell);
  // The heads of every group of a record, by group.
  Result<std::map<records::GroupNumber, std::vector<history::Head>>> heads_of_record(std::int64_t record_index);

  // The keys that the county has given a writer, also those of a record that it gave twice while it was restored; and
  // those of a person, one for each laptop on which the person made one.
  Result<std::vector<PublicKey>> device_keys(const history::WriterId& writer);
  Result<std::vector<PublicKey>> person_keys(const Uuid& person);

  // Whether a record changed that only the county writes, since this was last asked.
  bool take_county_change() { return std::exchange(has_county_change_, false); }
  // Whether an operation in a range is here, or is waited for.
  Result<bool> is_touched(OperationKey first, OperationKey last);

  // For the bulk path: rows without looking at anything else, and what it must know about them.
  // False: it was here already.
  Result<bool> insert_row(OperationKey key, CellKey cell, const history::Operation& operation,
                          const std::vector<OperationKey>& bases);
  Status insert_parked(OperationKey missing, OperationKey key);
  using VisitRow = std::function<void(OperationKey, CellKey, const std::vector<OperationKey>&)>;
  Status for_each_row(const VisitRow& visit);
  // The indexes of all records of kinds that only the county may write, ascending.
  Result<std::vector<std::int64_t>> county_records();
  // All heads, by cell; and all parked operations.
  using VisitHeads = std::function<void(CellKey, const std::vector<OperationKey>&)>;
  Status for_each_head(const VisitHeads& visit);
  // The keys of a writer's operations in a range, ascending.
  Result<std::vector<OperationKey>> keys_between(OperationKey first, OperationKey last);
  Result<std::uint64_t> count_between(OperationKey first, OperationKey last);
  Status remove_between(OperationKey first, OperationKey last);
  Status write_heads(CellKey cell, const std::vector<OperationKey>& heads);
  Status mark_disputed(CellKey cell, bool disputed);
  // Shows whether the record stands or is voided, and whether that is disputed; for records with existence heads.
  Status refresh_existence(const RecordEntry& record);
  // Is a voided record edited by somebody who did not see that?
  Result<bool> is_void_disputed(std::int64_t record_index);
  Result<std::vector<history::Head>> edits_unseen_by_voids(std::int64_t record_index);

 private:
  Result<std::vector<PublicKey>> keys_in(const std::vector<std::int64_t>& records, records::KindNumber kind);
  Status apply(OperationKey key, const RecordEntry& record, const history::Operation& operation,
               const std::vector<OperationKey>& bases);
  Status show(const RecordEntry& record, CellKey cell, const std::vector<OperationKey>& heads,
              const history::Operation& newest);
  // A group of the batch.
  struct BatchCell {
    records::KindNumber kind = 0;
    std::vector<OperationKey> heads;
    bool is_changed = false;
    // Of the operation that came last: most often the only head.
    OperationKey newest = 0;
    std::vector<records::FieldValue> newest_values;
  };
  using Batch = std::unordered_map<CellKey, BatchCell>;
  // As the batch has them, if there is one.
  Result<std::vector<OperationKey>> heads_now(CellKey cell);
  Status show_record_of_batch(std::span<const CellKey> cells);
  // The first base that is not applied, if any.
  Result<std::optional<OperationKey>> missing_base(const std::vector<OperationKey>& heads,
                                                   const std::vector<OperationKey>& bases);
  Status release_parked(OperationKey arrived);

  Database& database_;
  Dictionary& dictionary_;
  Projection& projection_;
  std::unordered_set<std::int64_t> with_existence_;  // records that were ever voided
  history::Visibility visibility_;
  bool has_county_change_ = false;
  std::optional<Batch> batch_;
  bool is_deferred_ = false;
  std::int64_t parked_count_ = 0;
  std::int64_t disputed_count_ = 0;
};

}  // namespace kuangxun::sqlite
