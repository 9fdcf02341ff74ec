#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/store_parts.h"

namespace kuangxun::sqlite {

// Reads what is shown. Writes nothing and begins no transaction but for read_together().
class StoreReader {
 public:
  explicit StoreReader(StoreParts& parts) : parts_(parts) {}

  // As history::RecordReader says.
  Result<history::RecordView> read(const Uuid& id);
  Result<std::vector<records::Record>> list(records::KindNumber kind);
  Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value);
  Result<std::uint64_t> count_standing(records::KindNumber kind, std::string_view field_name,
                                       const records::Value& value);
  Status read_together(const std::function<Status()>& reading);
  Result<std::vector<history::Dispute>> disputes();
  Result<history::SyncState> sync_state(const Uuid& record);
  Result<std::vector<history::Operation>> hidden_operations(std::size_t most);
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group);
  // Own operations that the county hides.
  Result<std::uint64_t> hidden_own();
  // The first operation that the old key did not sign.
  Result<std::uint64_t> first_unsealed();
  // All but StoreCounts::pending, which lies elsewhere.
  Result<history::StoreCounts> counts();

 private:
  Result<std::vector<records::Record>> read_rows(const records::KindDescription& kind, Statement& select);
  Result<std::optional<records::Record>> read_row(const RecordEntry& entry, const Uuid& id);
  Result<std::optional<RecordEntry>> find_entry(const Uuid& id);
  Result<history::SyncState> state_of(const std::vector<history::OperationId>& heads);
  Status count_own(history::StoreCounts& counts);

  StoreParts& parts_;
  // SQL of a kind and a field, written once.
  using FieldSql = std::map<std::pair<records::KindNumber, std::string>, std::string>;
  FieldSql list_where_sql_;
  FieldSql count_standing_sql_;
};

}  // namespace kuangxun::sqlite
