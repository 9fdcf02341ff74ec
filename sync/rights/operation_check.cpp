#include "sync/rights/operation_check.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/frames/payload.h"
#include "db/records/choices/decision_code.h"
#include "db/records/describe.h"
#include "db/records/enumerations.h"
#include "db/records/geometry.h"
#include "db/records/track_block.h"
#include "db/records/validate.h"
#include "sync/rights/roles.h"

namespace kuangxun::rights {
namespace {

// One of a newer program is kept and passed on.
bool is_track_block(const Bytes& bytes) {
  const auto points = records::decode_track_block(bytes, 0);
  return points.ok() || points.error().code() == ErrorCode::newer_version;
}

std::string why_wrong(const records::FieldDescription& field, const records::Value& value) {
  const std::string where = std::string(field.name) + ": ";
  if (std::holds_alternative<records::OpaqueValue>(value)) return {};
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
    if (field.type == records::FieldType::track_points && !is_track_block(*bytes)) return where + "no track points";
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

bool is_signed_by(const Registry& registry, const history::Operation& operation) {
  const Bytes message = frames::person_signed_bytes(operation);
  return std::ranges::any_of(registry.person_keys(), [&](const PersonKey& key) {
    return key.person == operation.person && !key.is_revoked &&
           verify_signature(key.key, message, *operation.person_signature);
  });
}

// What the person may do, as far as the signature proves who it was.
records::Role role_of_person(const Registry& registry, const history::Operation& operation) {
  const Person* person = registry.find_person(operation.person);
  if (person == nullptr || person->has_ended || !operation.person_signature.has_value()) return records::Role::officer;
  return person->role;
}

}  // namespace

std::string why_meaningless(const history::Operation& operation) {
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

std::optional<Objection> find_objection(const Registry& registry, const history::Operation& operation) {
  if (std::string why = why_meaningless(operation); !why.empty()) {
    return Objection{records::decision_code::meaningless, std::move(why)};
  }
  if (operation.person_signature.has_value() && !is_signed_by(registry, operation)) {
    return Objection{records::decision_code::bad_person_signature,
                     "no valid key of person " + operation.person.text() + " made the signature"};
  }
  const records::KindDescription* kind = records::find_kind(operation.kind);
  if (kind == nullptr || kind->write_role == records::Role::officer) return std::nullopt;
  const Device* device = registry.find_device(operation.id.writer);
  const records::Role of_device = device == nullptr ? records::Role::officer : device->role;
  const records::Role role = std::min(of_device, role_of_person(registry, operation));
  if (role >= kind->write_role) return std::nullopt;
  return Objection{records::decision_code::no_right,
                   std::string(kind->name) + ": needs " + role_code(kind->write_role) + ", was " + role_code(role)};
}

}  // namespace kuangxun::rights
