#include "sync/sqlite/county_database.h"

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/hash.h"
#include "db/base/text.h"
#include "db/sqlite/database.h"
#include "sync/sqlite/geopackage.h"

namespace kuangxun::sqlite_county {
namespace {

using server::Column;
using server::ColumnType;
using server::SqlRow;
using server::SqlValue;

static_assert(std::is_same_v<SqlValue, sqlite::SqlValue>, "values pass through as they are");

std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
}

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

class CountyDatabase final : public server::SqlDatabase {
 public:
  explicit CountyDatabase(sqlite::Connection connection) : database_(std::move(connection)) {}

  Status begin() override { return database_.connection().execute("BEGIN IMMEDIATE"); }
  Status commit() override { return database_.connection().execute("COMMIT"); }
  // The error that led here is already on its way; a failed rollback adds nothing to it.
  void rollback() override { static_cast<void>(database_.connection().execute("ROLLBACK")); }

  Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) override {
    KX_TRY(statement, database_.statement(sql));
    for (std::size_t i = 0; i < parameters.size(); ++i) statement->bind_value(static_cast<int>(i), parameters[i]);
    std::vector<SqlRow> rows;
    for (;;) {
      const Result<bool> has_row = statement->step();
      if (!has_row.ok()) {
        const Error error = has_row.error();
        statement->reset();
        return error;
      }
      if (!*has_row) break;
      SqlRow& row = rows.emplace_back();
      for (int i = 0; i < statement->columns(); ++i) row.push_back(statement->value(i));
    }
    statement->reset();
    return rows;
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

  Status create_typed_tables() override {
    sqlite::Connection& connection = database_.connection();
    KX_CHECK(create_geopackage_tables(connection));
    for (const server::TypedTable& table : server::typed_tables()) {
      KX_CHECK(connection.execute(create_statements(table)));
      KX_CHECK(register_table(connection, table));
    }
    return {};
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
    const std::string name = quoted(column.name);
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

  // GeoPackage wants an integer primary key; ours is the unique (county_id, id).
  static std::string create_statements(const server::TypedTable& table) {
    std::string statement = "CREATE TABLE " + quoted(table.name) + " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, ";
    std::string indexes;
    for (const Column& column : table.columns) {
      const bool is_key = column.name == "county_id" || column.name == "id" || column.name == "is_voided";
      statement += quoted(column.name) + " " + type_name(column) + (is_key ? " NOT NULL, " : ", ");
      if (column.is_indexed) {
        indexes += "; CREATE INDEX " + quoted(table.name + "_" + column.name) + " ON " + quoted(table.name) +
                   " (county_id, " + quoted(column.name) + ")";
      }
    }
    return statement + "UNIQUE (county_id, id))" + indexes;
  }

  sqlite::Database database_;
};

}  // namespace

Result<std::unique_ptr<server::SqlDatabase>> open_database(const std::filesystem::path& path, Access access) {
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
  return std::unique_ptr<server::SqlDatabase>(std::make_unique<CountyDatabase>(std::move(connection)));
}

}  // namespace kuangxun::sqlite_county
