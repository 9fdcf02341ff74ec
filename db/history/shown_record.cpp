#include "db/history/shown_record.h"

#include "db/records/validate.h"

// Values come out of a log into which any program may have written. What does not fit stays in the log, where a newer
// program may read it, and is shown nowhere: a table never holds what its description does not allow.
namespace kuangxun::history {
namespace {

void show_existence(records::Record& record, const Head& shown) {
  bool is_voided = false;
  std::string reason;
  for (const records::FieldValue& value : shown.values) {
    const auto* text = std::get_if<std::string>(&value.value);
    if (value.field == existence_voided_field) is_voided = value.value == records::Value(std::int64_t{1});
    if (value.field == existence_reason_field && text != nullptr) reason = *text;
  }
  if (is_voided) record.set_voided(true, std::move(reason));
}

}  // namespace

records::Record shown_record(const Uuid& id, const records::KindDescription& kind, const HeadsByGroup& heads) {
  records::Record record(id, kind);
  for (const auto& [group, group_heads] : heads) {
    const Head& shown = shown_head(group_heads);
    if (group == records::existence_group) {
      show_existence(record, shown);
      continue;
    }
    for (const records::FieldValue& value : shown.values) {
      // A field counts only in its own group: the bases of another one say nothing about it.
      const records::FieldDescription* field = kind.find_field(value.field);
      if (field != nullptr && field->group == group && records::fits_type(*field, value.value)) {
        record.set_value(*field, value.value);
      }
    }
  }
  return record;
}

}  // namespace kuangxun::history
