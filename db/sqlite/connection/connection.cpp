#include "db/sqlite/connection/connection.h"

#include <sqlite3.h>

#include <cassert>
#include <utility>

#include "db/language/language.h"

// SQLite's codes become the few things that a person can do something about: wait, make room, mind the medium, keep the
// damaged file. Which of them it is decides how the program ends (db/base/result.h).
namespace kuangxun::sqlite {
namespace {

// Another process may hold the write lock for a moment; longer than this is told to the person.
constexpr int busy_wait_ms = 2000;

Error to_error(sqlite3* handle, int code) {
  const std::string detail = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(ErrorCode::busy,
                   phrase("another program is writing to the database; try again in a moment ({0})", {detail}));
    case SQLITE_FULL:
      return Error(ErrorCode::unavailable,
                   phrase("the disk is full, nothing was saved; free some space and try again ({0})", {detail}));
    case SQLITE_INTERRUPT:
      return Error(ErrorCode::unavailable,
                   phrase("reading took too long and was ended, so that what is written meanwhile does not pile up on "
                          "the disk; try again when less is going on"));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return Error(ErrorCode::unavailable, phrase("the database cannot be opened or written ({0})", {detail}));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error(
          ErrorCode::corrupt,
          phrase("the database file is damaged ({0}); keep it, and restore from a backup or the county", {detail}));
    default:
      return Error(ErrorCode::unavailable, phrase("the database failed ({0})", {detail}));
  }
}

SqlValue from_sqlite(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return sqlite3_value_int64(value);
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      return std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    }
    case SQLITE_BLOB: {
      const auto* raw = static_cast<const std::uint8_t*>(sqlite3_value_blob(value));
      return Bytes(raw, raw + sqlite3_value_bytes(value));
    }
    default:
      return std::monostate{};
  }
}

}  // namespace

Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

void Statement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_, parameter + 1, value);
}

void Statement::bind(int parameter, std::string_view text) {
  sqlite3_bind_text(statement_, parameter + 1, text.data() == nullptr ? "" : text.data(), static_cast<int>(text.size()),
                    SQLITE_STATIC);
}

void Statement::bind(int parameter, ByteView bytes) {
  static constexpr std::uint8_t nothing = 0;
  sqlite3_bind_blob(statement_, parameter + 1, bytes.empty() ? &nothing : bytes.data(), static_cast<int>(bytes.size()),
                    SQLITE_STATIC);
}

void Statement::bind_real(int parameter, double value) {
  sqlite3_bind_double(statement_, parameter + 1, value);
}
void Statement::bind_null(int parameter) {
  sqlite3_bind_null(statement_, parameter + 1);
}

void Statement::bind_value(int parameter, const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return bind(parameter, *number);
  if (const auto* real_value = std::get_if<double>(&value)) return bind_real(parameter, *real_value);
  if (const auto* text_value = std::get_if<std::string>(&value)) return bind(parameter, std::string_view(*text_value));
  if (const auto* blob = std::get_if<Bytes>(&value)) return bind(parameter, ByteView(*blob));
  bind_null(parameter);
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return to_error(sqlite3_db_handle(statement_), code);
}

Status Statement::run() {
  const Result<bool> row = step();
  if (!row.ok()) {
    const Error error = row.error();
    reset();
    return error;
  }
  reset();
  return {};
}

void Statement::reset() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
}

int Statement::columns() const {
  return sqlite3_column_count(statement_);
}
std::string_view Statement::column_name(int column) const {
  return sqlite3_column_name(statement_, column);
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

ByteView Statement::bytes(int column) const {
  const auto* raw = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (raw == nullptr) return {};
  return {raw, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

SqlValue Statement::value(int column) const {
  return from_sqlite(sqlite3_column_value(statement_, column));
}

// What a connection sees of the file, and since when. SQLite's callbacks hold it, so it stays where it is.
struct Connection::Look {
  sqlite3* handle = nullptr;
  std::function<std::int64_t()> steady_ms;
  std::int64_t most_ms = 0;
  std::int64_t begun_ms = 0;

  // As a statement begins. Behind the first of a transaction the look stands already.
  static int begin(unsigned /*event*/, void* context, void* /*statement*/, void* /*text*/) {
    Look& look = *static_cast<Look*>(context);
    if (sqlite3_txn_state(look.handle, nullptr) == SQLITE_TXN_NONE) look.begun_ms = look.steady_ms();
    return 0;
  }
  static int is_too_long(void* context) {
    const Look& look = *static_cast<const Look*>(context);
    return look.steady_ms() - look.begun_ms > look.most_ms ? 1 : 0;
  }
};

void Connection::limit_looks(std::function<std::int64_t()> steady_ms, std::int64_t most_ms) {
  // Some ten microseconds between two questions.
  constexpr int instructions_between = 500;
  look_ = std::make_unique<Look>(Look{handle_, std::move(steady_ms), most_ms, 0});
  sqlite3_trace_v2(handle_, SQLITE_TRACE_STMT, &Look::begin, look_.get());
  sqlite3_progress_handler(handle_, instructions_between, &Look::is_too_long, look_.get());
}

Connection::Connection(sqlite3* handle) : handle_(handle) {}

Connection::Connection(Connection&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), look_(std::move(other.look_)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(look_, other.look_);
  return *this;
}

Connection::~Connection() {
  sqlite3_close_v2(handle_);
}

Result<Connection> Connection::open(const std::filesystem::path& path, OpenMode mode) {
  // No lock of SQLite's own: a connection is used by one thread at a time.
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == OpenMode::create) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (mode == OpenMode::read_write) flags |= SQLITE_OPEN_READWRITE;
  if (mode == OpenMode::read_only) flags |= SQLITE_OPEN_READONLY;
  std::error_code ignored;
  if (mode != OpenMode::create && !std::filesystem::exists(path, ignored)) {
    return Error(ErrorCode::not_found, phrase("there is no database file {0}", {path.string()}));
  }
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Connection connection(handle);
  if (code != SQLITE_OK) return to_error(handle, code).within(path.string());
  sqlite3_busy_timeout(handle, busy_wait_ms);
  // A reader never checkpoints, not even as the last one to close.
  if (mode == OpenMode::read_only) sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return connection;
}

Result<Connection> Connection::open_memory() {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection(handle);
  if (code != SQLITE_OK) return to_error(handle, code);
  return connection;
}

Result<Statement> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) return to_error(handle_, code);
  return Statement(statement);
}

Status Connection::execute(std::string_view sql) {
  const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return to_error(handle_, code);
  return {};
}

Result<std::int64_t> Connection::query_integer(std::string_view sql, std::int64_t otherwise) {
  KX_TRY(statement, prepare(sql));
  KX_TRY(has_row, statement.step());
  return has_row ? statement.integer(0) : otherwise;
}

std::int64_t Connection::last_insert_id() const {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Connection::changes() const {
  return sqlite3_changes64(handle_);
}

// Immediate: whoever is refused the lock hears so before doing anything, and not in the middle of the work.
Result<Transaction> Transaction::begin(Connection& connection) {
  KX_CHECK(connection.execute("BEGIN IMMEDIATE"));
  return Transaction(connection);
}

Result<Transaction> Transaction::begin_reading(Connection& connection) {
  KX_CHECK(connection.execute("BEGIN DEFERRED"));
  return Transaction(connection);
}

Transaction::~Transaction() {
  // The error that led here is already on its way to the person; a failed rollback adds nothing to it.
  if (connection_ != nullptr) static_cast<void>(connection_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  assert(connection_ != nullptr);
  KX_CHECK(connection_->execute("COMMIT"));
  connection_ = nullptr;
  return {};
}

}  // namespace kuangxun::sqlite
