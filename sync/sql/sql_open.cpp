#include <algorithm>

#include "db/language/language.h"
#include "sync/sql/sql_schema.h"
#include "sync/sql/sql_store.h"
#include "sync/sql/sql_values.h"

// A database becomes a county store: its tables are made, or found and completed.
namespace kuangxun::sql {
namespace {

Error no_county() {
  return Error(ErrorCode::not_found, phrase("there is no county database here yet: run kuangxun-county init first"));
}

Status create_own_table(SqlDatabase& database, const OwnTable& table) {
  for (const std::string& statement : table.statements) KX_CHECK(database.run(statement, {}));
  KX_CHECK(database.comment_table(table.name, table.comment));
  if (!table.packed_column.empty()) KX_CHECK(database.keep_uncompressed(table.name, table.packed_column));
  return {};
}

Status create_tables(SqlDatabase& database) {
  for (const OwnTable& table : own_tables(database)) KX_CHECK(create_own_table(database, table));
  KX_CHECK(database.prepare_typed_tables());
  for (const tables::TypedTable& table : tables::typed_tables()) KX_CHECK(database.create_typed_table(table));
  const SqlValue version = SqlStore::schema_version;
  KX_CHECK(database.run("INSERT INTO schema_version (version) VALUES ($1)", {&version, 1}));
  return {};
}

// Runs `change` alone: two programs may come to one database at once, and the second finds what the first has done.
template <class Change>
Status change_alone(SqlDatabase& database, Change change) {
  KX_CHECK(database.begin(ports::Work::apply));
  Status done = database.also_store();
  if (done.ok()) done = change();
  if (done.ok()) done = database.commit();
  if (!done.ok()) database.rollback();
  return done;
}

Status create_tables_once(SqlDatabase& database) {
  return change_alone(database, [&]() -> Status {
    KX_TRY(is_there, database.has_table("schema_version"));
    return is_there ? Status() : create_tables(database);
  });
}

Status check_version(SqlDatabase& database) {
  KX_TRY(rows, database.run("SELECT max(version) FROM schema_version", {}));
  const std::int64_t version = rows.empty() ? 0 : integer_of(rows.front().front());
  if (version == SqlStore::schema_version) return {};
  if (version < SqlStore::schema_version) {
    return Error(ErrorCode::refused,
                 phrase("this county database was made by the trial version and is not used any more: make a new one "
                        "with kuangxun-county init, and enrol the laptops again"));
  }
  return Error(ErrorCode::newer_version,
               phrase("the county database has schema version {0}, this program needs {1}: update the program",
                      {std::to_string(version), std::to_string(SqlStore::schema_version)}));
}

std::vector<tables::Column> missing_columns(const tables::TypedTable& table, const std::vector<std::string>& known) {
  std::vector<tables::Column> missing;
  for (const tables::Column& column : table.columns) {
    if (std::ranges::find(known, column.name) == known.end()) missing.push_back(column);
  }
  return missing;
}

Result<bool> is_complete(SqlDatabase& database) {
  KX_TRY(has_newest, database.has_table(newest_own_table));
  if (!has_newest) return false;
  for (const tables::TypedTable& table : tables::typed_tables()) {
    KX_TRY(known, database.columns_of(table.name));
    if (!missing_columns(table, known).empty()) return false;
  }
  return true;
}

// An older program made the tables: kinds and fields that came since get tables and columns, empty ones. Nothing is
// filled in afterwards.
Status complete(SqlDatabase& database) {
  for (const OwnTable& table : own_tables(database)) {
    KX_TRY(is_there, database.has_table(table.name));
    if (!is_there) KX_CHECK(create_own_table(database, table));
  }
  for (const tables::TypedTable& table : tables::typed_tables()) {
    KX_TRY(known, database.columns_of(table.name));
    if (known.empty()) {
      KX_CHECK(database.create_typed_table(table));
      continue;
    }
    for (const tables::Column& column : missing_columns(table, known)) KX_CHECK(database.add_column(table, column));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<SqlStore>> SqlStore::open(std::unique_ptr<SqlDatabase> database, bool may_create,
                                                 const std::optional<Uuid>& county) {
  KX_TRY(is_there, database->has_table("schema_version"));
  if (!is_there) {
    if (!may_create) return no_county();
    KX_CHECK(create_tables_once(*database));
  }
  KX_CHECK(check_version(*database));
  if (database->can_write()) {
    KX_TRY(has_all, is_complete(*database));
    if (!has_all) KX_CHECK(change_alone(*database, [&] { return complete(*database); }));
  }
  std::unique_ptr<SqlStore> store(new SqlStore(std::move(database)));
  if (county.has_value()) {
    store->county_ = to_sql(*county);
    store->is_one_of_several_ = true;
    return store;
  }
  KX_CHECK(store->load_county());
  return store;
}

}  // namespace kuangxun::sql
