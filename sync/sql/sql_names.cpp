#include "sync/sql/sql_names.h"

#include <cassert>

namespace kuangxun::sql {

std::string quoted_name(std::string_view name) {
  assert(name.find('"') == std::string_view::npos);
  return '"' + std::string(name) + '"';
}

}  // namespace kuangxun::sql
