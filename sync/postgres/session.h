#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "db/base/result.h"
#include "sync/server/sql_database.h"

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

  // Makes a lost connection anew.
  Status ensure();
  // One or more statements without parameters; rows are thrown away.
  Status execute(const std::string& sql);
  // Prepared once, parameters $1, $2, ...
  Result<std::vector<server::SqlRow>> run(const std::string& sql, std::span<const server::SqlValue> parameters);
  std::string quoted_text(const std::string& text) const;

 private:
  explicit Session(pg_conn* connection) : connection_(connection) {}
  Status set_up();
  Result<std::string> prepared(const std::string& sql);
  pg_conn* connection_;
  std::map<std::string, std::string> prepared_;  // name by SQL
};

}  // namespace kuangxun::postgres
