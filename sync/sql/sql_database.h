#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "sync/ports/transactions.h"
#include "sync/tables/typed_tables.h"

namespace kuangxun::sql {

// Ids travel as text; an SQL date, instant or decimal too.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;
using SqlRow = std::vector<SqlValue>;

// Columns by which rows are looked up, together with county_id, which stands first in every key.
struct SqlKey {
  enum class Type { id, number, bytes };
  std::string column;
  Type type = Type::id;
};

// What SqlStore needs of a database, and where databases differ. It has one writer at a time for each kind of work,
// over all processes (a database may know one writer only). One thread.
class SqlDatabase : public ports::Transactions {
 public:
  // One look for many reads, which keeps nobody from writing: until it is rolled back, nothing that others commit is
  // seen, and nothing may be written.
  virtual Status begin_reading() = 0;
  // Whether the program that opened it may change anything.
  virtual bool can_write() const = 0;
  // Parameters are $1, $2, ... in the order of their first appearance.
  virtual Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) = 0;

  // Many rows at once. A row has a value for each column; `columns` begin with county_id.
  virtual Status append_rows(const std::string& table, const std::vector<std::string>& columns,
                             std::span<const SqlRow> rows) = 0;
  // As append_rows, but a row takes the place of the one with the same first `key_columns` columns.
  virtual Status replace_rows(const std::string& table, const std::vector<std::string>& columns,
                              std::size_t key_columns, std::span<const SqlRow> rows) = 0;
  // `keys` have a value for each of `by`.
  virtual Status delete_rows(const std::string& table, const SqlValue& county, const std::vector<SqlKey>& by,
                             std::span<const SqlRow> keys) = 0;
  // The named columns of the rows with any of these keys, in no order. Keys stand there once.
  virtual Result<std::vector<SqlRow>> find_rows(const std::string& table, const std::string& columns,
                                                const SqlValue& county, const std::vector<SqlKey>& by,
                                                std::span<const SqlRow> keys) = 0;

  virtual Result<bool> has_table(const std::string& name) = 0;
  virtual Result<std::vector<std::string>> columns_of(const std::string& table) = 0;
  // The names of the column types of our own tables.
  virtual std::string id_type() const = 0;
  virtual std::string bytes_type() const = 0;

  // Says in the database what a table is for, where it can.
  virtual Status comment_table(const std::string& table, const std::string& comment) = 0;
  // The column's bytes are compressed already, or cannot be.
  virtual Status keep_uncompressed(const std::string& table, const std::string& column) = 0;
  // What the tables people read need before the first of them; inside a transaction, as the two below.
  virtual Status prepare_typed_tables() = 0;
  // With keys, comments and geometry.
  virtual Status create_typed_table(const tables::TypedTable& table) = 0;
  // At the end of a table that an older program made; empty in every row.
  virtual Status add_column(const tables::TypedTable& table, const tables::Column& column) = 0;
  // A value as this database takes it for a column.
  virtual SqlValue to_sql(const tables::Column& column, const records::Value& value) const = 0;
  // An SQL expression that shows a column as text, the same text in every database.
  virtual std::string dump_expression(const tables::Column& column) const = 0;
};

}  // namespace kuangxun::sql
