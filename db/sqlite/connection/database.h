#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "db/sqlite/connection/connection.h"

namespace kuangxun::sqlite {

// A connection with its prepared statements, each prepared once.
class Database {
 public:
  explicit Database(Connection connection) : connection_(std::move(connection)) {}
  Connection& connection() { return connection_; }
  // The statement for this SQL, reset and ready to bind. Borrowed; do not use the same SQL twice at once.
  Result<Statement*> statement(std::string_view sql);

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  Connection connection_;
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

}  // namespace kuangxun::sqlite
