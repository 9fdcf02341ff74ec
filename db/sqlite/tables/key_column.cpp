#include "db/sqlite/tables/key_column.h"

#include <cstring>

// Nearly every operation has one base or none, so those two take no blob.
namespace kuangxun::sqlite {

void bind_keys(Statement& statement, int parameter, const std::vector<OperationKey>& keys, Bytes& buffer) {
  if (keys.empty()) return statement.bind_null(parameter);
  if (keys.size() == 1) return statement.bind(parameter, keys.front());
  buffer.resize(keys.size() * sizeof(OperationKey));
  std::memcpy(buffer.data(), keys.data(), buffer.size());
  statement.bind(parameter, ByteView(buffer));
}

std::vector<OperationKey> column_keys(const Statement& statement, int column) {
  if (statement.is_null(column)) return {};
  const ByteView bytes = statement.bytes(column);
  const SqlValue value = statement.value(column);
  if (const auto* single = std::get_if<std::int64_t>(&value)) return {*single};
  std::vector<OperationKey> keys(bytes.size() / sizeof(OperationKey));
  if (!keys.empty()) std::memcpy(keys.data(), bytes.data(), keys.size() * sizeof(OperationKey));
  return keys;
}

}  // namespace kuangxun::sqlite
