#include <doctest/doctest.h>

#include "sync/tables/typed_tables.h"

namespace kuangxun::tables {

// A laptop with a newer program wrote it, or a hostile hand.
TEST_CASE("a value that this program does not know leaves its column empty and nothing else") {
  for (const TypedTable& table : typed_tables()) {
    CAPTURE(table.name);
    RecordHeads heads;
    std::uint64_t sequence = 0;
    for (const records::GroupNumber group : table.kind->groups) {
      history::Operation operation;
      operation.id = {{Uuid{}, 1}, ++sequence};
      operation.kind = table.kind->number;
      operation.group = group;
      for (const records::FieldDescription* field : table.kind->fields_of(group)) {
        operation.values.push_back({field->number, records::OpaqueValue{5, Bytes{1, 2}}});
      }
      heads[group] = {operation};
    }
    TypedRow row;
    REQUIRE_NOTHROW(row = make_row(Uuid{}, Uuid{}, table, heads));
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      CAPTURE(table.columns[at].name);
      CHECK_FALSE(std::holds_alternative<records::OpaqueValue>(row.values[at]));
      if (table.kind->find_field(table.columns[at].name) != nullptr) CHECK(records::is_empty(row.values[at]));
    }
  }
}

}  // namespace kuangxun::tables
