#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "db/history/visibility.h"
#include "db/sqlite/connection/database.h"
#include "db/sqlite/tables/dictionary.h"
#include "db/sqlite/tables/head_table.h"
#include "db/sqlite/tables/operation_rows.h"
#include "db/sqlite/tables/projection.h"

namespace kuangxun::sqlite {

// How an operation comes in: its row, then what it makes visible, or the table parked until its bases are here. What
// the county hides is kept, but is no head and shows nowhere. Every change happens inside the caller's transaction;
// after a rollback call load() again.
class OperationLog {
 public:
  OperationLog(Database& database, Dictionary& dictionary, Projection& projection, OperationRows& rows,
               HeadTable& heads)
      : database_(database), dictionary_(dictionary), projection_(projection), rows_(rows), heads_(heads) {}
  // The heads too.
  Status load();
  const history::Visibility& visibility() const { return visibility_; }
  // From now on; what is shown already does not change by itself.
  void set_visibility(history::Visibility visibility) { visibility_ = std::move(visibility); }

  // Keeps the operation and shows it, or parks it until its bases are here. False: it was here already.
  Result<bool> append(const history::Operation& operation);
  // The same for what a person enters here: they see it, although all else is deferred.
  Result<bool> append_own(const history::Operation& operation);

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

  // Shows an operation whose row is here already, or parks it: for tables that are filled beside those that are shown.
  // Among these only what limit_to() covers counts as here.
  Status take_up(OperationKey key);
  // Sequences by writer index, from 1; null: everything that has a row. Borrowed.
  void limit_to(const std::vector<std::uint64_t>* through) { through_ = through; }

  // Whether a record changed that only the county writes, since this was last asked.
  bool take_county_change() { return std::exchange(has_county_change_, false); }
  // Whether an operation in a range is here, or is waited for.
  Result<bool> is_touched(OperationKey first, OperationKey last);
  Status insert_parked(OperationKey missing, OperationKey key);

 private:
  Result<bool> append(const history::Operation& operation, bool is_put_off);
  // Once it has its row.
  Status take_up(OperationKey key, const RecordEntry& record, const history::Operation& operation,
                 const std::vector<OperationKey>& bases);
  bool is_within_limit(OperationKey key) const;
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
  OperationRows& rows_;
  HeadTable& heads_;
  history::Visibility visibility_;
  bool has_county_change_ = false;
  std::optional<Batch> batch_;
  bool is_deferred_ = false;
  std::int64_t parked_count_ = 0;
  const std::vector<std::uint64_t>* through_ = nullptr;
};

}  // namespace kuangxun::sqlite
