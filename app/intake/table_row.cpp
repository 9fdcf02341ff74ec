#include "app/intake/table_row.h"

#include "db/records/handles/common.h"
#include "db/records/handles/restoration_task.h"

namespace kuangxun::intake {

std::string key_of(const records::Record& record) {
  std::string key = record.reference(records::common::mine).text();
  if (const auto* plan = record.kind().find_field(records::restoration_task::plan)) {
    key += record.reference(*plan).text();
  }
  for (const records::FieldDescription& field : record.kind().fields) {
    if (field.is_key) key += "|" + records::format_value(field, record.value(field));
  }
  return key;
}

}  // namespace kuangxun::intake
