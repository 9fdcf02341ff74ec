#pragma once

#include <unordered_map>
#include <vector>

#include "db/history/apply.h"
#include "db/sqlite/database.h"
#include "db/sqlite/dictionary.h"

namespace kuangxun::sqlite {

// Writes what the heads say into the typed tables. Kinds, fields and groups that this program does not know stay in the
// log only, whole, until a newer program shows them.
class Projection {
 public:
  explicit Projection(Database& database) : database_(database) {}

  // Shows `values` as the group's values of a record.
  Status show_group(const RecordEntry& record, records::GroupNumber group,
                    const std::vector<records::FieldValue>& values);
  Status show_existence(const RecordEntry& record, bool voided, const std::string& reason);
  // A whole record that is not in its table yet.
  Status insert_record(const RecordEntry& record, const records::Record& shown);
  // The values that belong to the group and fit their fields, put into `shown`; others stay in the log.
  static void put_values(records::Record& shown, records::GroupNumber group,
                         const std::vector<records::FieldValue>& values);

 private:
  Database& database_;
  std::unordered_map<std::uint32_t, std::string> group_sql_;  // by kind << 16 | group
};

void bind_value(Statement& statement, int parameter, const records::Value& value);
// The value of a typed column; `type` says how its bytes are meant.
records::Value column_value(const Statement& statement, int column, records::FieldType type);

}  // namespace kuangxun::sqlite
