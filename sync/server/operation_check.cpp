#include "sync/server/operation_check.h"

#include "db/base/text.h"
#include "db/records/describe.h"
#include "db/records/geometry.h"
#include "db/records/validate.h"

namespace kuangxun::server {
namespace {

std::string why_wrong(const records::FieldDescription& field, const records::Value& value) {
  const std::string where = std::string(field.name) + ": ";
  if (!records::fits_type(field, value)) return where + "wrong type";
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !is_clean_utf8(*text)) {
    return where + "not clean UTF-8";
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (field.type == records::FieldType::boolean && *number != 0 && *number != 1) return where + "neither 0 nor 1";
  }
  if (const auto* bytes = std::get_if<Bytes>(&value)) {
    if (field.type == records::FieldType::hash && bytes->size() != 32) return where + "no SHA-256";
    if (field.type == records::FieldType::geometry && !records::decode_polygon(*bytes).ok())
      return where + "no polygon";
  }
  return {};
}

std::string why_wrong_existence(const history::Operation& operation) {
  for (const records::FieldValue& value : operation.values) {
    if (value.field == history::existence_voided_field) {
      const auto* voided = std::get_if<std::int64_t>(&value.value);
      if (voided == nullptr || *voided < 0 || *voided > 1) return "existence: neither 0 nor 1";
    }
    if (value.field == history::existence_reason_field) {
      const auto* reason = std::get_if<std::string>(&value.value);
      if (reason == nullptr || !is_clean_utf8(*reason)) return "existence: the reason is no text";
    }
  }
  return {};
}

}  // namespace

std::string why_meaningless(const history::Operation& operation) {
  for (const history::OperationId& base : operation.bases) {
    if (base.writer == operation.id.writer && base.sequence >= operation.id.sequence)
      return "a base after the operation";
  }
  if (operation.group == records::existence_group) return why_wrong_existence(operation);
  const records::KindDescription* kind = records::find_kind(operation.kind);
  if (kind == nullptr) return {};
  for (const records::FieldValue& value : operation.values) {
    const records::FieldDescription* field = kind->find_field(value.field);
    if (field == nullptr) continue;
    if (field->group != operation.group) return std::string(field->name) + ": of another group";
    if (std::string why = why_wrong(*field, value.value); !why.empty()) return why;
  }
  return {};
}

}  // namespace kuangxun::server
