#include "db/records/record.h"

#include <cassert>

namespace kuangxun::records {
namespace {

const FieldDescription& field_named(const KindDescription& kind, std::string_view name) {
  const FieldDescription* field = kind.find_field(name);
  assert(field != nullptr && "the kind has no such field");
  return *field;
}

}  // namespace

void Record::set_voided(bool voided, std::string reason) {
  is_voided_ = voided;
  void_reason_ = std::move(reason);
}

const Value& Record::value(std::string_view field_name) const {
  return value(field_named(*kind_, field_name));
}

void Record::set_value(std::string_view field_name, Value new_value) {
  set_value(field_named(*kind_, field_name), std::move(new_value));
}

std::string Record::text(std::string_view field_name) const {
  const auto* text = std::get_if<std::string>(&value(field_name));
  return text != nullptr ? *text : std::string();
}

std::int64_t Record::integer(std::string_view field_name) const {
  const auto* number = std::get_if<std::int64_t>(&value(field_name));
  return number != nullptr ? *number : 0;
}

Uuid Record::reference(std::string_view field_name) const {
  const auto* id = std::get_if<Uuid>(&value(field_name));
  return id != nullptr ? *id : Uuid{};
}

std::string Record::display(std::string_view field_name) const {
  const FieldDescription& field = field_named(*kind_, field_name);
  return display_value(field, value(field));
}

std::string Record::name() const {
  const std::string name = kind_->name_field.empty() ? std::string() : text(kind_->name_field);
  return name.empty() ? std::string(kind_->label()) : name;
}

}  // namespace kuangxun::records
