#include "sync/postgres/county_database.h"

#include <set>

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/hash.h"
#include "db/base/text.h"
#include "sync/postgres/session.h"
#include "sync/sql/sql_names.h"

namespace kuangxun::postgres {
namespace {

using sql::quoted_name;
using sql::SqlRow;
using sql::SqlValue;
using tables::Column;
using tables::ColumnType;

// Advisory locks, held until commit. Who stores holds the first, so that the county's sequence follows the order of
// commits; who applies holds the second, so that heads are read and written by one at a time; who needs both takes the
// second one first.
constexpr std::string_view store_lock = "7742081391430001";
constexpr std::string_view apply_lock = "7742081391430002";

// Fewer rows than these go one by one: a temporary table costs more.
constexpr std::size_t few_rows = 8;

std::string type_of_key(sql::SqlKey::Type type) {
  switch (type) {
    case sql::SqlKey::Type::id:
      return "uuid";
    case sql::SqlKey::Type::number:
      return "bigint";
    case sql::SqlKey::Type::bytes:
      break;
  }
  return "bytea";
}

// One array for each key column, as array literals: "{a,b,c}".
std::vector<SqlValue> arrays_of(const SqlValue& county, std::size_t columns, std::span<const SqlRow> keys) {
  std::vector<SqlValue> arrays = {county};
  for (std::size_t column = 0; column < columns; ++column) {
    std::string literal = "{";
    for (const SqlRow& key : keys) {
      if (literal.size() > 1) literal += ',';
      const SqlValue& value = key[column];
      if (const auto* text = std::get_if<std::string>(&value)) literal += *text;
      if (const auto* number = std::get_if<std::int64_t>(&value)) literal += std::to_string(*number);
      if (const auto* bytes = std::get_if<Bytes>(&value)) literal += "\"\\\\x" + to_hex(*bytes) + "\"";
    }
    arrays.emplace_back(literal + "}");
  }
  return arrays;
}

// "FROM/USING unnest($2::uuid[], …) AS k(k1, …)" and the condition that joins it to the table t.
std::string unnested(const std::vector<sql::SqlKey>& by) {
  std::vector<std::string> arrays;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < by.size(); ++i) {
    arrays.push_back("$" + std::to_string(i + 2) + "::" + type_of_key(by[i].type) + "[]");
    names.push_back("k" + std::to_string(i));
  }
  return "unnest(" + join(arrays, ", ") + ") AS k(" + join(names, ", ") + ")";
}

std::string joined(const std::vector<sql::SqlKey>& by) {
  std::string condition = "t.county_id = $1";
  for (std::size_t i = 0; i < by.size(); ++i) condition += " AND t." + by[i].column + " = k.k" + std::to_string(i);
  return condition;
}

std::string type_name(const Column& column) {
  switch (column.type) {
    case ColumnType::id:
      return "uuid";
    case ColumnType::integer:
      return "bigint";
    case ColumnType::decimal:
      return "numeric(" + std::to_string(19 + (column.scale == 0 ? 0 : 1)) + ", " + std::to_string(column.scale) + ")";
    case ColumnType::boolean:
      return "boolean";
    case ColumnType::day:
      return "date";
    case ColumnType::instant:
      return "timestamptz(3)";
    case ColumnType::point:
      return "geometry(Point, 4490)";
    case ColumnType::polygon:
      return "geometry(Polygon, 4490)";
    case ColumnType::text:
    case ColumnType::hash:
      break;
  }
  return "text";
}

// PostGIS takes hexadecimal EWKB: WKB with a flag in the type and the SRID behind it.
std::string to_ewkb(ByteView wkb) {
  constexpr std::size_t type_end = 5;
  Bytes extended(wkb.begin(), wkb.begin() + type_end);
  extended[4] |= 0x20;
  const Bytes srid = {0x8a, 0x11, 0, 0};  // 4490
  extended.insert(extended.end(), srid.begin(), srid.end());
  extended.insert(extended.end(), wkb.begin() + type_end, wkb.end());
  return to_hex(extended);
}

class CountyDatabase final : public sql::SqlDatabase {
 public:
  CountyDatabase(std::unique_ptr<Session> session, bool can_write)
      : session_(std::move(session)), can_write_(can_write) {}

  Status begin(ports::Work work) override {
    KX_CHECK(begin_with("BEGIN"));
    Status locked = lock(work == ports::Work::store ? store_lock : apply_lock);
    if (!locked.ok()) rollback();
    return locked;
  }
  Status also_store() override { return lock(store_lock); }
  Status begin_reading() override { return begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  Status commit() override {
    is_in_transaction_ = false;
    return session_->execute("COMMIT");
  }
  // The error that led here is already on its way; a failed rollback adds nothing to it.
  void rollback() override {
    is_in_transaction_ = false;
    batch_tables_.clear();  // those made inside it are gone
    static_cast<void>(session_->execute("ROLLBACK"));
  }
  bool can_write() const override { return can_write_; }
  Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) override {
    // A reader comes back by itself; inside a transaction a lost connection has lost the transaction.
    if (is_in_transaction_) return session_->run(sql, parameters);
    KX_CHECK(session_->ensure());
    auto rows = session_->run(sql, parameters);
    if (rows.ok() || session_->is_connected()) return rows;
    KX_CHECK(session_->ensure());
    return session_->run(sql, parameters);
  }

  Status append_rows(const std::string& table, const std::vector<std::string>& columns,
                     std::span<const SqlRow> rows) override {
    if (rows.empty()) return {};
    if (rows.size() > few_rows) return session_->copy(table, columns, rows);
    return run_each(insert_into(table, columns), rows);
  }

  Status replace_rows(const std::string& table, const std::vector<std::string>& columns, std::size_t key_columns,
                      std::span<const SqlRow> rows) override {
    if (rows.empty()) return {};
    const std::string conflict = on_conflict(columns, key_columns);
    if (rows.size() <= few_rows) return run_each(insert_into(table, columns) + conflict, rows);
    KX_TRY(batch, batch_table(table));
    KX_CHECK(session_->copy(batch, columns, rows));
    const std::string names = "\"" + join(columns, "\", \"") + "\"";
    KX_CHECK(session_->run("INSERT INTO " + quoted_name(table) + " (" + names + ") SELECT " + names + " FROM " +
                               quoted_name(batch) + conflict,
                           {}));
    return session_->execute("DELETE FROM " + quoted_name(batch));
  }

  Status delete_rows(const std::string& table, const SqlValue& county, const std::vector<sql::SqlKey>& by,
                     std::span<const SqlRow> keys) override {
    if (keys.empty()) return {};
    KX_CHECK(session_->run("DELETE FROM " + quoted_name(table) + " t USING " + unnested(by) + " WHERE " + joined(by),
                           arrays_of(county, by.size(), keys)));
    return {};
  }

  Result<std::vector<SqlRow>> find_rows(const std::string& table, const std::string& columns, const SqlValue& county,
                                        const std::vector<sql::SqlKey>& by, std::span<const SqlRow> keys) override {
    if (keys.empty()) return std::vector<SqlRow>();
    return run("SELECT " + columns + " FROM " + unnested(by) + " JOIN " + quoted_name(table) + " t ON " + joined(by),
               arrays_of(county, by.size(), keys));
  }

  Result<std::vector<std::string>> columns_of(const std::string& table) override {
    const SqlValue parameter = table;
    KX_TRY(rows,
           run("SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0"
               " AND NOT attisdropped",
               {&parameter, 1}));
    std::vector<std::string> names;
    for (const SqlRow& row : rows) names.push_back(std::get<std::string>(row.front()));
    return names;
  }
  Result<bool> has_table(const std::string& name) override {
    KX_CHECK(session_->ensure());
    const SqlValue parameter = name;
    KX_TRY(rows, session_->run("SELECT to_regclass($1) IS NOT NULL", {&parameter, 1}));
    return !rows.empty() && rows.front().front() == SqlValue(std::int64_t{1});
  }
  std::string id_type() const override { return "uuid"; }
  std::string bytes_type() const override { return "bytea"; }
  Status comment_table(const std::string& table, const std::string& comment) override {
    return session_->execute("COMMENT ON TABLE " + quoted_name(table) + " IS " + session_->quoted_text(comment));
  }

  Status keep_uncompressed(const std::string& table, const std::string& column) override {
    return session_->execute("ALTER TABLE " + quoted_name(table) + " ALTER COLUMN " + quoted_name(column) +
                             " SET STORAGE EXTERNAL");
  }

  Status prepare_typed_tables() override { return session_->execute("CREATE EXTENSION IF NOT EXISTS postgis"); }

  Status create_typed_table(const tables::TypedTable& table) override {
    KX_CHECK(session_->execute(create_statements(table)));
    KX_CHECK(comment_table(table.name, table.comment));
    for (const Column& column : table.columns) KX_CHECK(comment_column(table, column));
    return {};
  }

  Status add_column(const tables::TypedTable& table, const Column& column) override {
    KX_CHECK(session_->execute("ALTER TABLE " + quoted_name(table.name) + " ADD COLUMN " + quoted_name(column.name) +
                               " " + type_name(column) + index_statement(table, column)));
    return comment_column(table, column);
  }

  SqlValue to_sql(const Column& column, const records::Value& value) const override {
    if (const auto* id = std::get_if<Uuid>(&value)) return id->text();
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* bytes = std::get_if<Bytes>(&value)) {
      return column.type == ColumnType::hash ? to_hex(*bytes) : to_ewkb(*bytes);
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr) return {};
    switch (column.type) {
      case ColumnType::decimal:
        return format_decimal(*number, column.scale);
      case ColumnType::boolean:
        return std::string(*number != 0 ? "true" : "false");
      case ColumnType::day:
        return format_day(static_cast<Day>(*number));
      case ColumnType::instant:
        return format_instant(*number, 0);
      default:
        return *number;
    }
  }

  std::string dump_expression(const Column& column) const override {
    const std::string name = quoted_name(column.name);
    switch (column.type) {
      case ColumnType::boolean:
        return "CASE WHEN " + name + " THEN '1' WHEN NOT " + name + " THEN '0' END";
      case ColumnType::day:
        return "to_char(" + name + ", 'YYYY-MM-DD')";
      case ColumnType::instant:
        return "to_char(" + name + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
      case ColumnType::point:
      case ColumnType::polygon:
        return "encode(ST_AsBinary(" + name + ", 'NDR'), 'hex')";
      default:
        return name + "::text";
    }
  }

 private:
  Status begin_with(const std::string& sql) {
    // libpq finds out that a connection is gone by using it.
    if (!session_->ensure().ok() || !session_->execute(sql).ok()) {
      KX_CHECK(session_->ensure());
      KX_CHECK(session_->execute(sql));
    }
    is_in_transaction_ = true;
    return {};
  }

  Status lock(std::string_view number) {
    return session_->execute("SELECT pg_advisory_xact_lock(" + std::string(number) + ")");
  }

  static std::string insert_into(const std::string& table, const std::vector<std::string>& columns) {
    std::vector<std::string> marks;
    for (std::size_t i = 1; i <= columns.size(); ++i) marks.push_back("$" + std::to_string(i));
    return "INSERT INTO " + quoted_name(table) + " (\"" + join(columns, "\", \"") + "\") VALUES (" + join(marks, ", ") +
           ")";
  }

  static std::string on_conflict(const std::vector<std::string>& columns, std::size_t key_columns) {
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
    return " ON CONFLICT (" + join(keys, ", ") + ") DO UPDATE SET " + join(updates, ", ");
  }

  Status run_each(const std::string& sql, std::span<const SqlRow> rows) {
    for (const SqlRow& row : rows) KX_CHECK(session_->run(sql, row));
    return {};
  }

  // A temporary table like this one, empty. Made once a session.
  Result<std::string> batch_table(const std::string& table) {
    if (session_->generation() != batch_generation_) batch_tables_.clear();
    batch_generation_ = session_->generation();
    std::string name = "batch_" + table;
    if (batch_tables_.contains(name)) return name;
    KX_CHECK(session_->execute("CREATE TEMPORARY TABLE IF NOT EXISTS " + quoted_name(name) + " (LIKE " +
                               quoted_name(table) + ") ON COMMIT DELETE ROWS"));
    batch_tables_.insert(name);
    return name;
  }

  Status comment_column(const tables::TypedTable& table, const Column& column) {
    return session_->execute("COMMENT ON COLUMN " + quoted_name(table.name) + "." + quoted_name(column.name) + " IS " +
                             session_->quoted_text(column.comment));
  }

  static std::string index_statement(const tables::TypedTable& table, const Column& column) {
    if (column.type == ColumnType::point || column.type == ColumnType::polygon) {
      return "; CREATE INDEX ON " + quoted_name(table.name) + " USING gist (" + quoted_name(column.name) + ")";
    }
    if (!column.is_indexed) return {};
    return "; CREATE INDEX ON " + quoted_name(table.name) + " (county_id, " + quoted_name(column.name) + ")";
  }

  static std::string create_statements(const tables::TypedTable& table) {
    std::string statement = "CREATE TABLE " + quoted_name(table.name) + " (";
    std::string indexes;
    for (const Column& column : table.columns) {
      const bool is_key = column.name == "county_id" || column.name == "id" || column.name == "is_voided";
      statement += quoted_name(column.name) + " " + type_name(column) + (is_key ? " NOT NULL, " : ", ");
      indexes += index_statement(table, column);
    }
    return statement + "PRIMARY KEY (county_id, id))" + indexes;
  }

  std::unique_ptr<Session> session_;
  bool can_write_;
  bool is_in_transaction_ = false;
  std::set<std::string> batch_tables_;
  int batch_generation_ = 0;
};

}  // namespace

Result<std::unique_ptr<sql::SqlDatabase>> open_database(const std::string& address, Access access) {
  KX_TRY(session, Session::open(address));
  return std::unique_ptr<sql::SqlDatabase>(
      std::make_unique<CountyDatabase>(std::move(session), access == Access::write));
}

}  // namespace kuangxun::postgres
