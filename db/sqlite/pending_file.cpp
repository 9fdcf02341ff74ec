#include "db/sqlite/pending_file.h"

#include "db/base/text.h"
#include "db/frames/payload.h"
#include "db/language/language.h"

// A serial is never given twice (AUTOINCREMENT), so that the store can remember which typing it has made an operation
// of already, whatever happens between its commit and the removal of the row here.
namespace kuangxun::sqlite {
namespace {

using history::PendingEdit;

// "KXUP" and the first version of this file.
constexpr std::string_view schema =
    "CREATE TABLE pending (serial INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, record BLOB NOT NULL,"
    " group_number INTEGER NOT NULL, kind INTEGER NOT NULL, person BLOB NOT NULL, since_ms INTEGER NOT NULL,"
    " seen TEXT NOT NULL, content BLOB NOT NULL, UNIQUE (record, group_number));"
    "PRAGMA application_id = 0x4b585550; PRAGMA user_version = 1";
constexpr std::int64_t schema_version = 1;

std::filesystem::path path_in(const std::filesystem::path& folder) {
  return folder / "pending.db";
}

Status check_version(Connection& connection) {
  KX_TRY(version, connection.query_integer("PRAGMA user_version"));
  if (version <= schema_version) return {};
  return Error(ErrorCode::newer_version,
               phrase("the data were written by a newer program; upgrade this one, nothing was changed"));
}

std::string ids_text(const std::vector<history::OperationId>& ids) {
  std::vector<std::string> parts;
  for (const history::OperationId& id : ids) parts.push_back(id.text());
  return join(parts, " ");
}

Result<std::vector<history::OperationId>> parse_ids(std::string_view text) {
  std::vector<history::OperationId> ids;
  if (text.empty()) return ids;
  for (const std::string_view part : split(text, ' ')) {
    KX_TRY(id, history::parse_operation_id(part));
    ids.push_back(id);
  }
  return ids;
}

// From the columns record, group_number, kind, person, since_ms, seen, content.
Result<PendingEdit> pending_from_row(const Statement& row) {
  PendingEdit pending;
  pending.edit.record = uuid_from_bytes(row.bytes(0));
  pending.edit.group = static_cast<records::GroupNumber>(row.integer(1));
  pending.edit.kind = static_cast<records::KindNumber>(row.integer(2));
  pending.person = uuid_from_bytes(row.bytes(3));
  pending.since_ms = row.integer(4);
  KX_TRY(seen, parse_ids(row.text(5)));
  pending.edit.seen = std::move(seen);
  history::Operation bare;
  KX_CHECK(frames::decode_content(row.bytes(6), bare));
  pending.edit.values = std::move(bare.values);
  return pending;
}

}  // namespace

Result<std::unique_ptr<PendingFile>> PendingFile::open(const std::filesystem::path& folder) {
  KX_TRY(connection, Connection::open(path_in(folder), OpenMode::create));
  KX_CHECK(check_version(connection));
  KX_CHECK(connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  KX_TRY(version, connection.query_integer("PRAGMA user_version"));
  if (version < schema_version) {
    KX_TRY(transaction, Transaction::begin(connection));
    KX_CHECK(connection.execute(schema));
    KX_CHECK(transaction.commit());
  }
  return std::unique_ptr<PendingFile>(new PendingFile(Database(std::move(connection))));
}

Result<std::unique_ptr<PendingFile>> PendingFile::open_read_only(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(path_in(folder), ignored)) return std::unique_ptr<PendingFile>();
  KX_TRY(connection, Connection::open(path_in(folder), OpenMode::read_only));
  KX_CHECK(check_version(connection));
  KX_CHECK(connection.execute("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0"));
  KX_TRY(version, connection.query_integer("PRAGMA user_version"));
  // Just being made by another program.
  if (version < schema_version) return std::unique_ptr<PendingFile>();
  return std::unique_ptr<PendingFile>(new PendingFile(Database(std::move(connection))));
}

Status PendingFile::keep(const PendingEdit& pending) {
  const std::lock_guard lock(mutex_);
  return write(pending);
}

Status PendingFile::take_over(const std::vector<PendingEdit>& rows) {
  const std::lock_guard lock(mutex_);
  KX_TRY(transaction, Transaction::begin(database_.connection()));
  KX_CHECK(database_.connection().execute("DELETE FROM pending"));
  for (const PendingEdit& row : rows) KX_CHECK(write(row));
  return transaction.commit();
}

Status PendingFile::write(const PendingEdit& pending) {
  const std::string seen = ids_text(pending.edit.seen);
  history::Operation bare;
  bare.values = pending.edit.values;
  const Bytes content = frames::encode_content(bare);
  KX_TRY(upsert,
         database_.statement(
             "INSERT INTO pending (version, record, group_number, kind, person, since_ms, seen, content) "
             "VALUES (1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record, group_number) DO UPDATE SET version = "
             "version + 1, kind = excluded.kind, person = excluded.person, since_ms = excluded.since_ms, seen = "
             "excluded.seen, content = excluded.content"));
  upsert->bind(0, pending.edit.record.view());
  upsert->bind(1, std::int64_t{pending.edit.group});
  upsert->bind(2, std::int64_t{pending.edit.kind});
  upsert->bind(3, pending.person.view());
  upsert->bind(4, pending.since_ms);
  upsert->bind(5, std::string_view(seen));
  upsert->bind(6, ByteView(content));
  return upsert->run();
}

Result<std::vector<PendingRow>> PendingFile::all() {
  const std::lock_guard lock(mutex_);
  KX_TRY(select, database_.statement("SELECT record, group_number, kind, person, since_ms, seen, content, serial, "
                                     "version FROM pending ORDER BY since_ms, record, group_number"));
  std::vector<PendingRow> rows;
  Status done;
  for (;;) {
    auto row = select->step();
    if (!row.ok()) done = row.error();
    if (!row.ok() || !*row) break;
    auto pending = pending_from_row(*select);
    if (!pending.ok()) done = pending.error();
    if (!pending.ok()) break;
    rows.push_back({std::move(*pending), {select->integer(7), select->integer(8)}});
  }
  // A statement that stands open would keep this file's log from being reset.
  select->reset();
  if (!done.ok()) return done.error();
  return rows;
}

Result<std::uint64_t> PendingFile::count() {
  const std::lock_guard lock(mutex_);
  KX_TRY(rows, database_.connection().query_integer("SELECT count(*) FROM pending"));
  return static_cast<std::uint64_t>(rows);
}

Status PendingFile::remove(const PendingToken& token) {
  const std::lock_guard lock(mutex_);
  KX_TRY(remove, database_.statement("DELETE FROM pending WHERE serial = ? AND version <= ?"));
  remove->bind(0, token.serial);
  remove->bind(1, token.version);
  return remove->run();
}

Result<std::optional<std::vector<PendingEdit>>> read_former_pending(Database& store) {
  KX_TRY(tables, store.connection().query_integer("SELECT count(*) FROM sqlite_schema WHERE name = 'pending'"));
  if (tables == 0) return std::optional<std::vector<PendingEdit>>();
  std::vector<PendingEdit> rows;
  KX_TRY(select, store.connection().prepare("SELECT record, group_number, kind, person, since_ms, seen, content FROM "
                                            "pending ORDER BY since_ms, record, group_number"));
  for (;;) {
    KX_TRY(row, select.step());
    if (!row) return std::optional(std::move(rows));
    KX_TRY(pending, pending_from_row(select));
    rows.push_back(std::move(pending));
  }
}

}  // namespace kuangxun::sqlite
