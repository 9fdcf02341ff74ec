#include "db/sqlite/tables/schema.h"

#include <algorithm>
#include <array>

#include "db/base/hash.h"
#include "db/frames/frame.h"
#include "db/language/language.h"

// Two kinds of tables. Those below hold the truth and change by numbered steps. Those of the record kinds are made from
// the descriptions and thrown away when these change (description_fingerprint), so a new field needs no step.
namespace kuangxun::sqlite {
namespace {

// "KXUN": file(1) and other programs see whose file this is.
constexpr std::string_view application_id = "PRAGMA application_id = 0x4b58554e";

// Trial programs wrote version 1; nobody reads it any more.
constexpr std::int64_t trial_version = 1;

// Step n brings a file from version n + 1 to n + 2; the first makes everything in an empty file. A step is never edited
// after it was released; a change is a new step at the end.
constexpr std::array<std::string_view, 2> migrations = {R"sql(
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE own_epoch (
  epoch INTEGER PRIMARY KEY, public_key BLOB NOT NULL, state INTEGER NOT NULL,
  stored_through INTEGER NOT NULL DEFAULT 0, applied_through INTEGER NOT NULL DEFAULT 0);
CREATE TABLE writer (
  writer_index INTEGER PRIMARY KEY, device BLOB NOT NULL, epoch INTEGER NOT NULL, UNIQUE (device, epoch));
CREATE TABLE person (person_index INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
CREATE TABLE record (
  record_index INTEGER PRIMARY KEY, id BLOB NOT NULL, kind INTEGER NOT NULL, UNIQUE (id, kind));
CREATE TABLE operation (
  operation_key INTEGER PRIMARY KEY, cell INTEGER NOT NULL, wall_ms INTEGER NOT NULL, counter INTEGER NOT NULL,
  person_index INTEGER NOT NULL, bases, content BLOB NOT NULL);
CREATE TABLE head (cell INTEGER PRIMARY KEY, operations NOT NULL);
CREATE TABLE existence (record_index INTEGER PRIMARY KEY);
CREATE TABLE dispute (cell INTEGER PRIMARY KEY);
CREATE TABLE parked (
  missing_key INTEGER NOT NULL, operation_key INTEGER NOT NULL, PRIMARY KEY (missing_key, operation_key)) WITHOUT ROWID;
CREATE TABLE frame (
  frame_index INTEGER PRIMARY KEY, writer_index INTEGER NOT NULL, first_sequence INTEGER NOT NULL,
  count INTEGER NOT NULL, hash BLOB NOT NULL, county_sequence INTEGER, is_readable INTEGER NOT NULL,
  bytes BLOB NOT NULL, UNIQUE (writer_index, first_sequence));
CREATE TABLE quarantine (
  quarantine_index INTEGER PRIMARY KEY, writer_index INTEGER, first_sequence INTEGER, county_sequence INTEGER,
  hash BLOB NOT NULL UNIQUE, state INTEGER NOT NULL, reason TEXT NOT NULL, since_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL);
CREATE INDEX quarantine_place ON quarantine (writer_index, first_sequence);
CREATE TABLE fork (
  fork_index INTEGER PRIMARY KEY, writer_index INTEGER NOT NULL, first_sequence INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE, since_ms INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE rehomed (
  former_key INTEGER PRIMARY KEY, operation_key INTEGER NOT NULL, has_lost_signature INTEGER NOT NULL,
  original BLOB NOT NULL);
CREATE TABLE county_signer (first_epoch INTEGER PRIMARY KEY, public_key BLOB NOT NULL);
CREATE TABLE receipt (
  receipt_index INTEGER PRIMARY KEY, writer_index INTEGER NOT NULL, stored_through INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE, since_ms INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE checkpoint (
  checkpoint_index INTEGER PRIMARY KEY, state INTEGER NOT NULL, own_root BLOB, since_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL);
CREATE TABLE pending (
  record BLOB NOT NULL, group_number INTEGER NOT NULL, kind INTEGER NOT NULL, person BLOB NOT NULL,
  since_ms INTEGER NOT NULL, seen TEXT NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (record, group_number)) WITHOUT ROWID;
)sql",
                                                        R"sql(
DROP TABLE pending;
CREATE TABLE promoted (
  serial INTEGER PRIMARY KEY, version INTEGER NOT NULL, operation_key INTEGER NOT NULL);
)sql"};

std::string_view column_type(records::FieldType type) {
  switch (type) {
    case records::FieldType::text:
    case records::FieldType::long_text:
      return "TEXT";
    case records::FieldType::reference:
    case records::FieldType::hash:
    case records::FieldType::geometry:
    case records::FieldType::track_points:
      return "BLOB";
    default:
      return "INTEGER";
  }
}

std::string create_table(const records::KindDescription& kind) {
  std::string sql = "CREATE TABLE " + quoted_name(kind.table_name()) +
                    " (record_index INTEGER PRIMARY KEY, is_voided INTEGER NOT NULL DEFAULT 0, void_reason TEXT";
  for (const records::FieldDescription& field : kind.fields) {
    sql += ", " + quoted_name(field.name) + " " + std::string(column_type(field.type));
  }
  sql += ");";
  for (const records::FieldDescription& field : kind.fields) {
    if (!field.is_indexed) continue;
    sql += "CREATE INDEX " + quoted_name(kind.table_name() + "_" + std::string(field.name)) + " ON " +
           quoted_name(kind.table_name()) + " (" + quoted_name(field.name) + ", is_voided);";
  }
  return sql;
}

Result<std::int64_t> stored_version(Database& database) {
  return database.connection().query_integer("PRAGMA user_version");
}

Error newer() {
  return Error(ErrorCode::newer_version,
               phrase("the data were written by a newer program; upgrade this one, nothing was changed"));
}

Error trial() {
  return Error(ErrorCode::refused,
               phrase("these are data of a trial version, which this one does not read; nothing was changed. Make a "
                      "new data folder (kuangxun init)"));
}

}  // namespace

std::int64_t schema_version() {
  return trial_version + static_cast<std::int64_t>(migrations.size());
}

std::string quoted_name(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

Status check_origin(Database& database) {
  KX_TRY(version, stored_version(database));
  if (version > schema_version()) return newer();
  return version == trial_version ? Status(trial()) : Status();
}

Status migrate(Database& database) {
  KX_CHECK(check_origin(database));
  KX_TRY(version, stored_version(database));
  for (std::int64_t step = std::max(version, trial_version); step < schema_version(); ++step) {
    KX_TRY(transaction, Transaction::begin(database.connection()));
    KX_CHECK(database.connection().execute(migrations[static_cast<std::size_t>(step - trial_version)]));
    KX_CHECK(database.connection().execute("PRAGMA user_version = " + std::to_string(step + 1)));
    KX_CHECK(database.connection().execute(application_id));
    KX_CHECK(transaction.commit());
  }
  return {};
}

Status check_version(Database& database) {
  KX_CHECK(check_origin(database));
  KX_TRY(version, stored_version(database));
  if (version < schema_version()) {
    return Error(ErrorCode::unavailable,
                 phrase("the data are of an older version; open them once for writing with this program"));
  }
  return {};
}

Status drop_typed_tables(Database& database) {
  std::string sql;
  {
    KX_TRY(names, database.connection().prepare("SELECT value FROM setting WHERE name = 'typed_tables'"));
    KX_TRY(has_row, names.step());
    if (!has_row) return {};
    sql = std::string(names.text(0));
  }
  return database.connection().execute(sql);
}

Status create_typed_tables(Database& database) {
  std::string drops;
  for (const records::KindDescription& kind : records::all_kinds()) {
    KX_CHECK(database.connection().execute(create_table(kind)));
    drops += "DROP TABLE " + quoted_name(kind.table_name()) + ";";
  }
  // How to take these tables away again is kept beside them: a later program may not know all of their names.
  KX_TRY(statement,
         database.connection().prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('typed_tables', ?)"));
  statement.bind(0, std::string_view(drops));
  return statement.run();
}

namespace {

// The tables of the projection that every version has.
constexpr std::array<std::string_view, 4> common_tables = {"head", "existence", "dispute", "parked"};

Result<std::vector<std::string>> beside_tables(Database& database) {
  KX_TRY(select, database.connection().prepare(
                     "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, ?) = ? ORDER BY name"));
  select.bind(0, static_cast<std::int64_t>(beside_prefix.size()));
  select.bind(1, beside_prefix);
  std::vector<std::string> names;
  for (;;) {
    KX_TRY(row, select.step());
    if (!row) break;
    names.emplace_back(select.text(0));
  }
  return names;
}

// What makes a table, and its indexes, like those of `table` under the other name. Copied from what is there, so that
// the two cannot differ in more than what they hold.
Result<std::string> like(Database& database, std::string_view table) {
  KX_TRY(select,
         database.connection().prepare("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS "
                                       "NOT NULL ORDER BY type DESC"));
  select.bind(0, table);
  const std::string beside = quoted_name(std::string(beside_prefix) + std::string(table));
  std::string made;
  for (;;) {
    KX_TRY(row, select.step());
    if (!row) break;
    const std::string_view definition = select.text(2);
    const std::string_view columns = definition.substr(std::min(definition.find('('), definition.size()));
    if (select.text(0) == "table") {
      made += "CREATE TABLE " + beside + " ";
    } else {
      made += "CREATE INDEX " + quoted_name(std::string(beside_prefix) + std::string(select.text(1))) + " ON " +
              beside + " ";
    }
    made += std::string(columns) + ";";
  }
  return made;
}

}  // namespace

Status create_beside_tables(Database& database) {
  KX_CHECK(drop_beside_tables(database));
  std::string sql;
  for (const std::string_view name : common_tables) {
    KX_TRY(made, like(database, name));
    sql += made;
  }
  for (const records::KindDescription& kind : records::all_kinds()) {
    KX_TRY(made, like(database, kind.table_name()));
    sql += made;
  }
  return database.connection().execute(sql);
}

// Two renames a table would say the same, and take SQLite half a second for all of them, because each reads every
// definition anew. Where the rows of a table begin is a number in its line of sqlite_master; the definitions of both
// tables being alike (create_beside_tables), to exchange the numbers is to exchange what they hold. The new version of
// the schema makes every other connection read it again; this one is told by the reset.
Status swap_beside_tables(Database& database) {
  KX_TRY(version, database.connection().query_integer("PRAGMA schema_version"));
  KX_CHECK(database.connection().execute("PRAGMA writable_schema = ON"));
  Status done = database.connection().execute(
      "CREATE TEMP TABLE swapped AS SELECT shown.rowid AS place, beside.rootpage AS page FROM sqlite_master AS shown "
      "JOIN sqlite_master AS beside ON beside.type = shown.type AND beside.name = 'beside_' || shown.name "
      "UNION ALL SELECT beside.rowid, shown.rootpage FROM sqlite_master AS shown "
      "JOIN sqlite_master AS beside ON beside.type = shown.type AND beside.name = 'beside_' || shown.name; "
      "UPDATE sqlite_master SET rootpage = (SELECT page FROM swapped WHERE place = sqlite_master.rowid) "
      "WHERE rowid IN (SELECT place FROM swapped); "
      "DROP TABLE swapped; PRAGMA schema_version = " +
      std::to_string(version + 1));
  const Status closed = database.connection().execute("PRAGMA writable_schema = RESET");
  return done.ok() ? closed : done;
}

Result<bool> drop_beside_piece(Database& database, std::size_t rows) {
  KX_TRY(names, beside_tables(database));
  if (names.empty()) return false;
  const std::string table = quoted_name(names.front());
  // What waits for its base is little, and has no row numbers.
  if (!names.front().ends_with("parked")) {
    KX_CHECK(database.connection().execute("DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table +
                                           " LIMIT " + std::to_string(rows) + ")"));
    if (database.connection().changes() > 0) return true;
  }
  KX_CHECK(database.connection().execute("DROP TABLE " + table));
  return true;
}

Status drop_beside_tables(Database& database) {
  KX_TRY(names, beside_tables(database));
  for (const std::string& name : names) KX_CHECK(database.connection().execute("DROP TABLE " + quoted_name(name)));
  return {};
}

std::string description_fingerprint() {
  // What could not be read before may be readable now.
  std::string text = std::to_string(frames::format_version);
  for (const records::KindDescription& kind : records::all_kinds()) {
    text += create_table(kind) + std::to_string(kind.number);
    for (const records::FieldDescription& field : kind.fields) {
      text += " " + std::to_string(field.number) + "/" + std::to_string(field.group);
    }
  }
  return sha256(as_bytes(text)).text();
}

}  // namespace kuangxun::sqlite
