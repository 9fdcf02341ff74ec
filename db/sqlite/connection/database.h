#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/sqlite/connection/connection.h"

namespace kuangxun::sqlite {

// A connection with its prepared statements, each prepared once. A table of the projection is written `@name` in SQL:
// it is the table of that name, or, for whoever fills tables beside those that are shown, the one with their prefix.
class Database {
 public:
  explicit Database(Connection connection) : connection_(std::make_shared<Connection>(std::move(connection))) {}
  // The same connection, with other tables of the projection.
  Database(const Database& shown, std::string_view prefix) : connection_(shown.connection_), prefix_(prefix) {}
  Database(Database&&) = default;
  Connection& connection() { return *connection_; }
  // The statement for this SQL, reset and ready to bind. Borrowed; do not use the same SQL twice at once.
  Result<Statement*> statement(std::string_view sql);
  // One or more statements without parameters; rows are thrown away.
  Status execute(std::string_view sql);
  // The first column of the first row; 0 when there is none.
  Result<std::int64_t> query_integer(std::string_view sql);

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::string with_prefix(std::string_view sql) const;

  std::shared_ptr<Connection> connection_;
  std::string prefix_;
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

}  // namespace kuangxun::sqlite
