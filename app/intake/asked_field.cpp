#include "app/intake/asked_field.h"

namespace kuangxun::intake {

bool is_asked(const records::KindDescription& kind, const records::FieldDescription& field) {
  using records::FieldType;
  if (field.type == FieldType::reference) return false;
  constexpr std::string_view written = "_written";
  if (!field.name.ends_with(written)) return true;
  const auto* beside = kind.find_field(field.name.substr(0, field.name.size() - written.size()));
  return beside == nullptr || beside->type == FieldType::reference;
}

bool is_on_form(const records::KindDescription& kind, const records::FieldDescription& field) {
  return is_asked(kind, field) && field.name != "is_example";
}

}  // namespace kuangxun::intake
