#include "sync/postgres/county_database.h"

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/hash.h"
#include "sync/postgres/session.h"

namespace kuangxun::postgres {
namespace {

using server::Column;
using server::ColumnType;
using server::SqlRow;
using server::SqlValue;

// "kuangxun" as a number; whoever writes holds this advisory lock until commit, so that the county's sequence follows
// the order of commits and heads are read and written by one at a time.
constexpr std::string_view writer_lock = "7742081391430001";

std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
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

class CountyDatabase final : public server::SqlDatabase {
 public:
  explicit CountyDatabase(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  Status begin() override {
    KX_CHECK(session_->ensure());
    KX_CHECK(session_->execute("BEGIN"));
    Status locked = session_->execute("SELECT pg_advisory_xact_lock(" + std::string(writer_lock) + ")");
    if (!locked.ok()) rollback();
    return locked;
  }
  Status commit() override { return session_->execute("COMMIT"); }
  // The error that led here is already on its way; a failed rollback adds nothing to it.
  void rollback() override { static_cast<void>(session_->execute("ROLLBACK")); }
  Result<std::vector<SqlRow>> run(const std::string& sql, std::span<const SqlValue> parameters) override {
    return session_->run(sql, parameters);
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
    return session_->execute("COMMENT ON TABLE " + quoted(table) + " IS " + session_->quoted_text(comment));
  }

  Status create_typed_tables() override {
    KX_CHECK(session_->execute("CREATE EXTENSION IF NOT EXISTS postgis"));
    for (const server::TypedTable& table : server::typed_tables()) {
      KX_CHECK(session_->execute(create_statements(table)));
      KX_CHECK(comment_table(table.name, table.comment));
      for (const Column& column : table.columns) {
        KX_CHECK(session_->execute("COMMENT ON COLUMN " + quoted(table.name) + "." + quoted(column.name) + " IS " +
                                   session_->quoted_text(column.comment)));
      }
    }
    return {};
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
    const std::string name = quoted(column.name);
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
  static std::string create_statements(const server::TypedTable& table) {
    std::string statement = "CREATE TABLE " + quoted(table.name) + " (";
    std::string indexes;
    for (const Column& column : table.columns) {
      const bool is_key = column.name == "county_id" || column.name == "id" || column.name == "is_voided";
      statement += quoted(column.name) + " " + type_name(column) + (is_key ? " NOT NULL, " : ", ");
      if (column.is_indexed) {
        indexes += "; CREATE INDEX ON " + quoted(table.name) + " (county_id, " + quoted(column.name) + ")";
      }
    }
    if (const Column* geometry = table.geometry()) {
      indexes += "; CREATE INDEX ON " + quoted(table.name) + " USING gist (" + quoted(geometry->name) + ")";
    }
    return statement + "PRIMARY KEY (county_id, id))" + indexes;
  }

  std::unique_ptr<Session> session_;
};

}  // namespace

Result<std::unique_ptr<server::SqlDatabase>> open_database(const std::string& address) {
  KX_TRY(session, Session::open(address));
  return std::unique_ptr<server::SqlDatabase>(std::make_unique<CountyDatabase>(std::move(session)));
}

}  // namespace kuangxun::postgres
