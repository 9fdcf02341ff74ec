#pragma once

#include <functional>
#include <vector>

#include "db/history/operation.h"
#include "db/sqlite/connection/database.h"
#include "db/sqlite/tables/dictionary.h"

namespace kuangxun::sqlite {

// The table operation: a row for each operation that is here, shown or not. Whether it shows is HeadTable's and
// OperationLog's. Every change happens inside the caller's transaction.
class OperationRows {
 public:
  OperationRows(Database& database, Dictionary& dictionary) : database_(database), dictionary_(dictionary) {}

  // False: it was here already.
  Result<bool> insert(OperationKey key, CellKey cell, const history::Operation& operation,
                      const std::vector<OperationKey>& bases);
  // The same, but makes a row that is here say what the operation says.
  Status renew(OperationKey key, CellKey cell, const history::Operation& operation,
               const std::vector<OperationKey>& bases);
  // One operation by its key, whole; corrupt when it is missing.
  Result<history::Operation> read(OperationKey key);
  Result<std::vector<records::FieldValue>> values_of(OperationKey key);
  Result<bool> contains(OperationKey key);
  // Of a writer; 0 when nothing of it is here. Sequences have no gaps, so it is the number of its operations too.
  Result<std::uint64_t> last_sequence(std::int64_t writer_index);

  // The keys in a range, both ends included, ascending.
  Result<std::vector<OperationKey>> keys_between(OperationKey first, OperationKey last);
  Result<std::uint64_t> count_between(OperationKey first, OperationKey last);
  Status remove_between(OperationKey first, OperationKey last);

  // Every row by its key, ascending: what the bulk path must know.
  using VisitRow = std::function<void(OperationKey, CellKey, const std::vector<OperationKey>&)>;
  // At most `most` of those behind `after`. The key of the last one; `after` when there is none.
  Result<OperationKey> for_each_after(OperationKey after, std::size_t most, const VisitRow& visit);

  // How often rows were taken away. Whoever remembers rows must look again.
  std::uint64_t removals() const { return removals_; }

 private:
  Result<bool> write(std::string_view sql, OperationKey key, CellKey cell, const history::Operation& operation,
                     const std::vector<OperationKey>& bases);

  Database& database_;
  Dictionary& dictionary_;
  std::uint64_t removals_ = 0;
};

}  // namespace kuangxun::sqlite
