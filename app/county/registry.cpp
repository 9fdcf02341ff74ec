#include "app/county/registry.h"

#include <ostream>

namespace kuangxun::county {

Result<rights::Registry> read_registry(sql::SqlStore& store) {
  KX_TRY(state, store.state());
  KX_TRY(heads, store.registry_heads());
  return rights::Registry(state.county, heads);
}

void print_rows(std::ostream& out, const std::vector<json::JsonValue>& rows) {
  out << '[';
  for (std::size_t i = 0; i < rows.size(); ++i) out << (i == 0 ? "" : ",\n ") << json::format_json_spaced(rows[i]);
  out << "]\n";
}

}  // namespace kuangxun::county
