#include "app/report/view_entries.h"

#include <algorithm>
#include <cassert>

#include "db/base/decimal.h"

namespace kuangxun::report {

const records::Value& HeadFields::value(std::string_view field_name) const {
  static const records::Value nothing;
  const records::FieldDescription* field = kind_.find_field(field_name);
  assert(field != nullptr);
  const auto found = std::find_if(head_.values.begin(), head_.values.end(), [&](const records::FieldValue& candidate) {
    return candidate.field == field->number;
  });
  return found == head_.values.end() ? nothing : found->value;
}

std::string HeadFields::display(std::string_view field_name) const {
  if (!has(field_name)) return {};
  if (const auto number = decimal(field_name)) return format_decimal(number->scaled, number->scale);
  return records::display_value(*kind_.find_field(field_name), value(field_name));
}

std::int64_t HeadFields::integer(std::string_view field_name) const {
  const auto* number = std::get_if<std::int64_t>(&value(field_name));
  return number == nullptr ? 0 : *number;
}

std::optional<Decimal> HeadFields::decimal(std::string_view field_name) const {
  const records::FieldDescription& field = *kind_.find_field(field_name);
  if (field.type != records::FieldType::decimal || !has(field_name)) return std::nullopt;
  return Decimal{integer(field_name), field.scale};
}

std::optional<Instant> HeadFields::instant(std::string_view field_name) const {
  if (!has(field_name)) return std::nullopt;
  return Instant{integer(field_name), beijing_offset_min};
}

TextEntry text_entry(const history::RecordView& view, std::string_view field_name, const PersonName& person_name) {
  return group_entry<std::string>(
      view, field_name, person_name, [&](const HeadFields& head) { return std::optional(head.display(field_name)); },
      std::equal_to<>());
}

Entry<Decimal> decimal_entry(const history::RecordView& view, std::string_view field_name,
                             const PersonName& person_name) {
  return group_entry<Decimal>(
      view, field_name, person_name, [&](const HeadFields& head) { return head.decimal(field_name); },
      [](const Decimal& left, const Decimal& right) { return left.scaled == right.scaled; });
}

Entry<Instant> instant_entry(const history::RecordView& view, std::string_view field_name,
                             const PersonName& person_name) {
  return group_entry<Instant>(
      view, field_name, person_name, [&](const HeadFields& head) { return head.instant(field_name); },
      [](const Instant& left, const Instant& right) { return left.utc_ms == right.utc_ms; });
}

}  // namespace kuangxun::report
