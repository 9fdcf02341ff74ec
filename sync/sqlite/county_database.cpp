#include "sync/sqlite/county_database.h"

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/hash.h"
#include "db/base/text.h"
#include "db/sqlite/connection/database.h"
#include "sync/sql/sql_names.h"
#include "sync/sqlite/geopackage.h"

namespace kuangxun::sqlite_county {
namespace {

using sql::quoted_name;
using sql::SqlRow;
using sql::SqlValue;
using tables::Column;
using tables::ColumnType;

static_assert(std::is_same_v<SqlValue, sqlite::SqlValue>, "values pass through as they are");

// The column types of GeoPackage. A decimal is a DOUBLE: QGIS reads numbers, and up to 15 digits (our ranges need 14)
// come back exactly; the signed value stands in sync_operation in any case.
std::string type_name(const Column& column) {
  switch (column.type) {
    case ColumnType::integer:
      return "INTEGER";
    case ColumnType::decimal:
      return "DOUBLE";
    case ColumnType::boolean:
      return "BOOLEAN";
    case ColumnType::day:
      return "DATE";
    case ColumnType::instant:
      return "DATETIME";
    case ColumnType::point:
      return "POINT";
    case ColumnType::polygon:
      return "POLYGON";
    case ColumnType::id:
    case ColumnType::text:
    case ColumnType::hash:
      break;
  }
  return "TEXT";
}

class CountyDatabase final : public sql::SqlDatabase {
 public:
  CountyDatabase(sqlite::Connection connection, bool can_write)
      : database_(std::move(connection)), can_write_(can_write) {}

  // SQLite has one writer, whatever the work.
  Status begin(ports::Work) override { return database_.connection().execute("BEGIN IMMEDIATE"); }
  Status also_store() override { return {}; }
  // The first read fixes what is seen.
  Status begin_reading() override { return database_.connection().execute("BEGIN"); }
  bool can_write() const override { return can_write_; }
  Status commit() override { return database_.connection().execute("COMMIT"); }
  // The error that led here is already on its way; a failed rollback adds nothing to it.
  void rollback() override { static_cast<void>(database_.connection().execute("ROLLBACK")); }

  Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) override {
    KX_TRY(statement, database_.statement(sql));
    for (std::size_t i = 0; i < parameters.size(); ++i) statement->bind_value(static_cast<int>(i), parameters[i]);
    std::vector<SqlRow> rows;
    KX_CHECK(read_rows(*statement, rows));
    return rows;
  }

  Status append_rows(const std::string& table, const std::vector<std::string>& columns,
                     std::span<const SqlRow> rows) override {
    return rows.empty() ? Status() : run_each(insert_into(table, columns), rows);
  }

  Status replace_rows(const std::string& table, const std::vector<std::string>& columns, std::size_t key_columns,
                      std::span<const SqlRow> rows) override {
    if (rows.empty()) return {};
    std::vector<std::string> keys;
    std::vector<std::string> updates;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string name = quoted_name(columns[i]);
      if (i < key_columns) {
        keys.push_back(name);
      } else {
        updates.push_back(name + " = excluded." + name);
      }
    }
    return run_each(
        insert_into(table, columns) + " ON CONFLICT (" + join(keys, ", ") + ") DO UPDATE SET " + join(updates, ", "),
        rows);
  }

  Status delete_rows(const std::string& table, const SqlValue& county, const std::vector<sql::SqlKey>& by,
                     std::span<const SqlRow> keys) override {
    if (keys.empty()) return {};
    KX_TRY(statement, database_.statement("DELETE FROM " + quoted_name(table) + condition(by)));
    for (const SqlRow& key : keys) {
      bind_key(*statement, county, key);
      KX_CHECK(statement->run());
    }
    return {};
  }

  Result<std::vector<SqlRow>> find_rows(const std::string& table, const std::string& columns, const SqlValue& county,
                                        const std::vector<sql::SqlKey>& by, std::span<const SqlRow> keys) override {
    std::vector<SqlRow> rows;
    if (keys.empty()) return rows;
    KX_TRY(statement, database_.statement("SELECT " + columns + " FROM " + quoted_name(table) + condition(by)));
    for (const SqlRow& key : keys) {
      bind_key(*statement, county, key);
      KX_CHECK(read_rows(*statement, rows));
    }
    return rows;
  }

  Result<std::vector<std::string>> columns_of(const std::string& table) override {
    const SqlValue parameter = table;
    KX_TRY(rows, run("SELECT name FROM pragma_table_info($1)", {&parameter, 1}));
    std::vector<std::string> names;
    for (const SqlRow& row : rows) names.push_back(std::get<std::string>(row.front()));
    return names;
  }

  Result<bool> has_table(const std::string& name) override {
    const SqlValue parameter = name;
    KX_TRY(rows, run("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1", {&parameter, 1}));
    return rows.front().front() != SqlValue(std::int64_t{0});
  }
  std::string id_type() const override { return "TEXT"; }
  std::string bytes_type() const override { return "BLOB"; }
  // Our own tables are no GeoPackage contents; TABLES.md describes them.
  Status comment_table(const std::string&, const std::string&) override { return {}; }

  Status keep_uncompressed(const std::string&, const std::string&) override { return {}; }
  Status prepare_typed_tables() override { return create_geopackage_tables(database_.connection()); }

  Status create_typed_table(const tables::TypedTable& table) override {
    KX_CHECK(database_.connection().execute(create_statements(table)));
    return register_table(database_.connection(), table);
  }

  Status add_column(const tables::TypedTable& table, const Column& column) override {
    KX_CHECK(database_.connection().execute("ALTER TABLE " + quoted_name(table.name) + " ADD COLUMN " +
                                            quoted_name(column.name) + " " + type_name(column) +
                                            index_statement(table, column)));
    return register_column(database_.connection(), table, column);
  }

  SqlValue to_sql(const Column& column, const records::Value& value) const override {
    if (const auto* id = std::get_if<Uuid>(&value)) return id->text();
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* bytes = std::get_if<Bytes>(&value)) {
      if (column.type == ColumnType::hash) return to_hex(*bytes);
      return to_geopackage_geometry(*bytes);
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr) return {};
    switch (column.type) {
      case ColumnType::decimal:
        return static_cast<double>(*number) / static_cast<double>(power_of_ten(column.scale));
      case ColumnType::day:
        return format_day(static_cast<Day>(*number));
      case ColumnType::instant:
        return replace_all(format_instant(*number, 0), "+00:00", "Z");
      default:
        return *number;
    }
  }

  std::string dump_expression(const Column& column) const override {
    const std::string name = quoted_name(column.name);
    switch (column.type) {
      case ColumnType::decimal:
        return "CASE WHEN " + name + " IS NOT NULL THEN printf('%." + std::to_string(column.scale) + "f', " + name +
               ") END";
      case ColumnType::integer:
      case ColumnType::boolean:
        return "CAST(" + name + " AS TEXT)";
      case ColumnType::point:
        return wkb_expression(name, point_header_bytes);
      case ColumnType::polygon:
        return wkb_expression(name, polygon_header_bytes);
      default:
        return name;
    }
  }

 private:
  static std::string wkb_expression(const std::string& name, int header_bytes) {
    return "CASE WHEN " + name + " IS NOT NULL THEN lower(hex(substr(" + name + ", " +
           std::to_string(header_bytes + 1) + "))) END";
  }

  static std::string insert_into(const std::string& table, const std::vector<std::string>& columns) {
    std::vector<std::string> names;
    std::vector<std::string> marks;
    for (const std::string& column : columns) {
      names.push_back(quoted_name(column));
      marks.push_back("?");
    }
    return "INSERT INTO " + quoted_name(table) + " (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") + ")";
  }

  static std::string condition(const std::vector<sql::SqlKey>& by) {
    std::string text = " WHERE county_id = ?";
    for (const sql::SqlKey& key : by) text += " AND " + quoted_name(key.column) + " = ?";
    return text;
  }

  static void bind_key(sqlite::Statement& statement, const SqlValue& county, const SqlRow& key) {
    statement.bind_value(0, county);
    for (std::size_t i = 0; i < key.size(); ++i) statement.bind_value(static_cast<int>(i + 1), key[i]);
  }

  static Status read_rows(sqlite::Statement& statement, std::vector<SqlRow>& rows) {
    for (;;) {
      const Result<bool> has_row = statement.step();
      if (!has_row.ok()) {
        const Error error = has_row.error();
        statement.reset();
        return error;
      }
      if (!*has_row) break;
      SqlRow& row = rows.emplace_back();
      for (int i = 0; i < statement.columns(); ++i) row.push_back(statement.value(i));
    }
    statement.reset();
    return {};
  }

  Status run_each(const std::string& sql, std::span<const SqlRow> rows) {
    KX_TRY(statement, database_.statement(sql));
    for (const SqlRow& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) statement->bind_value(static_cast<int>(i), row[i]);
      KX_CHECK(statement->run());
    }
    return {};
  }

  static std::string index_statement(const tables::TypedTable& table, const Column& column) {
    if (!column.is_indexed) return {};
    return "; CREATE INDEX " + quoted_name(table.name + "_" + column.name) + " ON " + quoted_name(table.name) +
           " (county_id, " + quoted_name(column.name) + ")";
  }

  // GeoPackage wants an integer primary key; ours is the unique (county_id, id).
  static std::string create_statements(const tables::TypedTable& table) {
    std::string statement =
        "CREATE TABLE " + quoted_name(table.name) + " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, ";
    std::string indexes;
    for (const Column& column : table.columns) {
      const bool is_key = column.name == "county_id" || column.name == "id" || column.name == "is_voided";
      statement += quoted_name(column.name) + " " + type_name(column) + (is_key ? " NOT NULL, " : ", ");
      indexes += index_statement(table, column);
    }
    return statement + "UNIQUE (county_id, id))" + indexes;
  }

  sqlite::Database database_;
  bool can_write_;
};

}  // namespace

Result<std::unique_ptr<sql::SqlDatabase>> open_database(const std::filesystem::path& path, Access access) {
  const sqlite::OpenMode mode = access == Access::create ? sqlite::OpenMode::create
                                : access == Access::read ? sqlite::OpenMode::read_only
                                                         : sqlite::OpenMode::read_write;
  KX_TRY(connection, sqlite::Connection::open(path, mode));
  if (access == Access::create) {
    KX_TRY(version, connection.query_integer("PRAGMA user_version"));
    if (version == 0) KX_CHECK(mark_as_geopackage(connection));
    KX_CHECK(connection.execute("PRAGMA journal_mode = WAL"));
  }
  if (access != Access::read) KX_CHECK(connection.execute("PRAGMA synchronous = FULL"));
  // Only the server checkpoints: SQLite before 3.51.3 can corrupt a WAL when two connections do at once.
  if (access == Access::beside) KX_CHECK(connection.execute("PRAGMA wal_autocheckpoint = 0"));
  return std::unique_ptr<sql::SqlDatabase>(
      std::make_unique<CountyDatabase>(std::move(connection), access != Access::read));
}

}  // namespace kuangxun::sqlite_county
