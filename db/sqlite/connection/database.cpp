#include "db/sqlite/connection/database.h"

// Statements are prepared once and kept: preparing takes longer than most of what they do.
namespace kuangxun::sqlite {

Result<Statement*> Database::statement(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.reset();
    return &found->second;
  }
  KX_TRY(prepared, connection_->prepare(with_prefix(sql)));
  return &statements_.emplace(std::string(sql), std::move(prepared)).first->second;
}

Status Database::execute(std::string_view sql) {
  return connection_->execute(with_prefix(sql));
}

Result<std::int64_t> Database::query_integer(std::string_view sql) {
  return connection_->query_integer(with_prefix(sql));
}

std::string Database::with_prefix(std::string_view sql) const {
  std::string text;
  for (const char c : sql) {
    if (c == '@') {
      text += prefix_;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace kuangxun::sqlite
