#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "db/base/bytes.h"
#include "db/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

// A small typed wrapper. sqlite3.h is included in this folder only. One thread at a time a connection.
namespace kuangxun::sqlite {

using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;

// A prepared statement. Parameters and columns count from 0. Borrowed text and bytes of a column live until the next
// step, reset or destruction; bound ones must live until then.
class Statement {
 public:
  Statement() = default;
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind(int parameter, ByteView bytes);
  void bind_real(int parameter, double value);
  void bind_null(int parameter);
  void bind_value(int parameter, const SqlValue& value);

  // True: a row stands ready. False: done. After either end or an error, reset() before the next use.
  Result<bool> step();
  // Runs a statement that gives no rows, and resets it.
  Status run();
  void reset();

  int columns() const;
  std::string_view column_name(int column) const;
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  ByteView bytes(int column) const;
  SqlValue value(int column) const;

 private:
  friend class Connection;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  sqlite3_stmt* statement_ = nullptr;
};

enum class OpenMode {
  create,      // makes the file when it is missing
  read_write,  // not_found when it is missing
  read_only,   // sees other connections' commits; never writes, not even a checkpoint
};

class Connection {
 public:
  static Result<Connection> open(const std::filesystem::path& path, OpenMode mode);
  static Result<Connection> open_memory();
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  Result<Statement> prepare(std::string_view sql);
  // One or more statements without parameters; rows are thrown away.
  Status execute(std::string_view sql);
  // The first column of the first row, or `otherwise` when there is no row.
  Result<std::int64_t> query_integer(std::string_view sql, std::int64_t otherwise = 0);
  std::int64_t last_insert_id() const;
  std::int64_t changes() const;

  // Ends, with unavailable, a statement that runs or goes on when what this connection sees of the file is older than
  // so long: a reading transaction, or the statement itself where there is none. `steady_ms` is asked on its thread.
  void limit_looks(std::function<std::int64_t()> steady_ms, std::int64_t most_ms);

 private:
  struct Look;
  explicit Connection(sqlite3* handle);
  sqlite3* handle_ = nullptr;
  std::unique_ptr<Look> look_;
};

// Rolls back unless committed.
class [[nodiscard]] Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  // Takes no lock that keeps anybody from writing; what it sees does not change.
  static Result<Transaction> begin_reading(Connection& connection);
  Transaction(Transaction&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace kuangxun::sqlite
