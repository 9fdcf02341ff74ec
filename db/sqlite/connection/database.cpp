#include "db/sqlite/connection/database.h"

// Statements are prepared once and kept: preparing takes longer than most of what they do.
namespace kuangxun::sqlite {

Result<Statement*> Database::statement(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.reset();
    return &found->second;
  }
  KX_TRY(prepared, connection_.prepare(sql));
  return &statements_.emplace(std::string(sql), std::move(prepared)).first->second;
}

}  // namespace kuangxun::sqlite
