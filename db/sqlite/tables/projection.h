#pragma once

#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "db/history/apply.h"
#include "db/history/visibility.h"
#include "db/sqlite/connection/database.h"
#include "db/sqlite/tables/dictionary.h"

namespace kuangxun::sqlite {

// Writes what the heads say into the typed tables. Kinds, fields and groups that this program does not know stay in the
// log only, whole, until a newer program shows them.
class Projection {
 public:
  explicit Projection(Database& database) : database_(database) {}

  // Shows `values` as the group's values of a record.
  Status show_group(const RecordEntry& record, records::GroupNumber group,
                    const std::vector<records::FieldValue>& values);
  struct GroupValues {
    records::GroupNumber group = 0;
    std::vector<records::FieldValue> values;
  };
  // Several groups of a record at once.
  Status show_groups(const RecordEntry& record, const std::vector<GroupValues>& groups);
  Status show_existence(const RecordEntry& record, bool voided, const std::string& reason);
  // A whole record that is not in its table yet.
  Status insert_record(const RecordEntry& record, const records::Record& shown);
  // What the county's records, as they are shown, say about what is shown.
  Result<history::Visibility> read_visibility(const Uuid& county);
  // The records that introduce a device in an epoch: of each there should be one; and those that give a person a key.
  Result<std::vector<std::int64_t>> device_records(const history::WriterId& writer);
  Result<std::vector<std::int64_t>> person_key_records(const Uuid& person);
  // Every row of a kind's table, in no order.
  Result<std::vector<records::Record>> read_all(const records::KindDescription& kind);
  // The values that belong to the group and fit their fields, put into `shown`; others stay in the log.
  static void put_values(records::Record& shown, records::GroupNumber group,
                         const std::vector<records::FieldValue>& values);

 private:
  Result<std::vector<std::int64_t>> rows_by(std::string_view sql, const Uuid& id, std::int64_t epoch);

  Database& database_;
  std::unordered_map<std::uint32_t, std::string> group_sql_;  // by kind << 16 | group
  using GroupSet = std::pair<records::KindNumber, std::vector<records::GroupNumber>>;
  std::map<GroupSet, std::string> group_set_sql_;
};

// Selects from a kind's table: id, is_voided, void_reason, then the fields in order; and such a row as a record.
std::string select_records_sql(const records::KindDescription& kind, std::string_view condition);
records::Record record_from_row(const records::KindDescription& kind, const Statement& select);

void bind_value(Statement& statement, int parameter, const records::Value& value);
// The value of a typed column; `type` says how its bytes are meant.
records::Value column_value(const Statement& statement, int column, records::FieldType type);

}  // namespace kuangxun::sqlite
