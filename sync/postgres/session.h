#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "db/base/result.h"
#include "sync/sql/sql_database.h"

struct pg_conn;
struct pg_result;

namespace kuangxun::postgres {

// One libpq connection with its prepared statements. libpq is included in this folder only.
class Session {
 public:
  static Result<std::unique_ptr<Session>> open(const std::string& address);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool is_connected() const;
  // Makes a lost connection anew.
  Status ensure();
  // One or more statements without parameters; rows are thrown away.
  Status execute(const std::string& sql);
  // COPY … FROM STDIN: each row has a value for each column.
  Status copy(const std::string& table, const std::vector<std::string>& columns, std::span<const sql::SqlRow> rows);
  // Grows with each connection that is made: whoever remembers something about the session looks here.
  int generation() const { return generation_; }
  // Prepared once, parameters $1, $2, ...
  Result<std::vector<sql::SqlRow>> run(const std::string& sql, std::span<const sql::SqlValue> parameters);
  std::string quoted_text(const std::string& text) const;

 private:
  explicit Session(pg_conn* connection) : connection_(connection) {}
  Status set_up();
  Result<std::string> prepared(const std::string& sql);
  pg_conn* connection_;
  int generation_ = 0;
  std::map<std::string, std::string> prepared_;  // name by SQL
};

}  // namespace kuangxun::postgres
