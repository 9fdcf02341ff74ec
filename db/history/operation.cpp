#include "db/history/operation.h"

#include <charconv>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::history {

std::string OperationId::text() const {
  return writer.device.text() + ":" + std::to_string(writer.epoch) + ":" + std::to_string(sequence);
}

Result<OperationId> parse_operation_id(std::string_view text) {
  const auto parts = split(text, ':');
  OperationId id;
  bool good = parts.size() == 3;
  if (good) {
    const auto device = parse_uuid(parts[0]);
    good = device.ok();
    if (good) id.writer.device = *device;
  }
  const auto read_number = [&](std::string_view part, auto& number) {
    const auto [end, failure] = std::from_chars(part.data(), part.data() + part.size(), number);
    return failure == std::errc() && end == part.data() + part.size();
  };
  good = good && read_number(parts[1], id.writer.epoch) && read_number(parts[2], id.sequence);
  if (!good) {
    return Error(ErrorCode::bad_input,
                 phrase("\"{0}\" is not an operation id (device:epoch:sequence)", {excerpt(text, 80)}));
  }
  return id;
}

bool Operation::is_void() const {
  if (group != records::existence_group) return false;
  for (const records::FieldValue& value : values) {
    if (value.field == existence_voided_field) return value.value == records::Value(std::int64_t{1});
  }
  return false;
}

std::vector<records::FieldValue> existence_values(bool voided, const std::string& reason) {
  std::vector<records::FieldValue> values = {{existence_voided_field, std::int64_t{voided ? 1 : 0}}};
  if (!reason.empty()) values.push_back({existence_reason_field, reason});
  return values;
}

}  // namespace kuangxun::history
