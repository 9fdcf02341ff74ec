#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "sync/server/typed_tables.h"

namespace kuangxun::server {

// Ids travel as text; an SQL date, instant or decimal too.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;
using SqlRow = std::vector<SqlValue>;

// What SqlStore needs of a database, and where databases differ. One thread.
class SqlDatabase {
 public:
  virtual ~SqlDatabase() = default;

  // One writer at a time, over all processes.
  virtual Status begin() = 0;
  virtual Status commit() = 0;
  virtual void rollback() = 0;
  // Parameters are $1, $2, ... in the order of their first appearance.
  virtual Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) = 0;

  virtual Result<bool> has_table(const std::string& name) = 0;
  // The names of the column types of our own tables.
  virtual std::string id_type() const = 0;
  virtual std::string bytes_type() const = 0;

  // Says in the database what a table is for, where it can.
  virtual Status comment_table(const std::string& table, const std::string& comment) = 0;
  // Creates the tables people read, with keys, comments and geometry columns; inside a transaction.
  virtual Status create_typed_tables() = 0;
  // A value as this database takes it for a column.
  virtual SqlValue to_sql(const Column& column, const records::Value& value) const = 0;
  // An SQL expression that shows a column as text, the same text in every database.
  virtual std::string dump_expression(const Column& column) const = 0;
};

}  // namespace kuangxun::server
