#include "db/records/record.h"

namespace kuangxun::records {
namespace {

std::string text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : std::string();
}

std::int64_t integer_of(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number != nullptr ? *number : 0;
}

Uuid reference_of(const Value& value) {
  const auto* id = std::get_if<Uuid>(&value);
  return id != nullptr ? *id : Uuid{};
}

}  // namespace

void Record::set_voided(bool voided, std::string reason) {
  is_voided_ = voided;
  void_reason_ = std::move(reason);
}

const Value& Record::value(const FieldHandle& handle) const {
  static const Value nothing;
  if (handle.kind != FieldHandle::of_several) return value(kind_->field(handle));
  const FieldDescription* field = kind_->find_field(handle);
  return field == nullptr ? nothing : value(*field);
}

void Record::set_field(const FieldHandle& handle, Value new_value) {
  set_value(kind_->field(handle), std::move(new_value));
}

std::string Record::text(const FieldDescription& field) const {
  return text_of(value(field));
}

std::int64_t Record::integer(const FieldDescription& field) const {
  return integer_of(value(field));
}

Uuid Record::reference(const FieldDescription& field) const {
  return reference_of(value(field));
}

std::string Record::text(const TextHandle& field) const {
  return text_of(value(field));
}

std::int64_t Record::integer(const NumberHandle& field) const {
  return integer_of(value(field));
}

Uuid Record::reference(const ReferenceHandle& field) const {
  return reference_of(value(field));
}

const Bytes& Record::bytes(const BytesHandle& field) const {
  static const Bytes none;
  const auto* bytes = std::get_if<Bytes>(&value(field));
  return bytes != nullptr ? *bytes : none;
}

std::string Record::display(const FieldHandle& handle) const {
  if (handle.kind != FieldHandle::of_several) return display(kind_->field(handle));
  const FieldDescription* field = kind_->find_field(handle);
  return field == nullptr ? std::string() : display(*field);
}

std::string Record::name() const {
  const FieldDescription* field = kind_->find_field(kind_->name_field);
  const std::string name = field == nullptr ? std::string() : text(*field);
  return name.empty() ? std::string(kind_->label()) : name;
}

}  // namespace kuangxun::records
