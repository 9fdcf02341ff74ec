#include "app/report/view_entries.h"

#include <algorithm>

#include "db/base/decimal.h"

// Equal values of two people print once: whoever reads a paper must not look for a difference that there is not.
namespace kuangxun::report {

const records::Value& HeadFields::value(const records::FieldHandle& field) const {
  static const records::Value nothing;
  const records::FieldNumber number = kind_.field(field).number;
  const auto found = std::find_if(head_.values.begin(), head_.values.end(),
                                  [&](const records::FieldValue& candidate) { return candidate.field == number; });
  return found == head_.values.end() ? nothing : found->value;
}

std::string HeadFields::display(const records::FieldHandle& field) const {
  const records::FieldDescription& described = kind_.field(field);
  const auto* number = std::get_if<std::int64_t>(&value(field));
  if (described.type == records::FieldType::decimal && number != nullptr) {
    return format_decimal(*number, described.scale);
  }
  return has(field) ? records::display_value(described, value(field)) : std::string();
}

std::int64_t HeadFields::integer(const records::NumberHandle& field) const {
  const auto* number = std::get_if<std::int64_t>(&value(field));
  return number == nullptr ? 0 : *number;
}

std::optional<Decimal> HeadFields::decimal(const records::NumberHandle& field) const {
  const records::FieldDescription& described = kind_.field(field);
  if (described.type != records::FieldType::decimal || !has(field)) return std::nullopt;
  return Decimal{integer(field), described.scale};
}

std::optional<Instant> HeadFields::instant(const records::NumberHandle& field) const {
  if (!has(field)) return std::nullopt;
  return Instant{integer(field), beijing_offset_min};
}

TextEntry text_entry(const history::RecordView& view, const records::FieldHandle& field,
                     const PersonName& person_name) {
  return group_entry<std::string>(
      view, field, person_name, [&](const HeadFields& head) { return std::optional(head.display(field)); },
      std::equal_to<>());
}

Entry<Decimal> decimal_entry(const history::RecordView& view, const records::NumberHandle& field,
                             const PersonName& person_name) {
  return group_entry<Decimal>(
      view, field, person_name, [&](const HeadFields& head) { return head.decimal(field); },
      [](const Decimal& left, const Decimal& right) { return left.scaled == right.scaled; });
}

Entry<Instant> instant_entry(const history::RecordView& view, const records::NumberHandle& field,
                             const PersonName& person_name) {
  return group_entry<Instant>(
      view, field, person_name, [&](const HeadFields& head) { return head.instant(field); },
      [](const Instant& left, const Instant& right) { return left.utc_ms == right.utc_ms; });
}

}  // namespace kuangxun::report
