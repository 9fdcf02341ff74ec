#include "db/history/person_signature.h"

#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

// A laptop is shared, and its key signs for whoever holds it. What takes others' words away or vouches for them (a
// settlement, a void, a seal, what only reviewers and administrators write) must name the person by a key of their own.
namespace kuangxun::history {
namespace {

bool seals_visit(const Operation& operation) {
  if (operation.kind != records::kinds::visit) return false;
  const records::FieldDescription& state = *records::kind_of(records::kinds::visit).find_field(records::visit::state);
  for (const records::FieldValue& value : operation.values) {
    const auto* number = std::get_if<std::int64_t>(&value.value);
    if (value.field == state.number && number != nullptr && *number >= records::visit_state::is_signed) return true;
  }
  return false;
}

}  // namespace

bool needs_person_signature(records::KindNumber kind) {
  const records::KindDescription* known = records::find_kind(kind);
  return known != nullptr && known->write_role > records::Role::officer;
}

bool deserves_person_signature(const Operation& operation) {
  const bool settles = operation.group != records::existence_group && operation.bases.size() > 1;
  return needs_person_signature(operation.kind) || settles || operation.group == records::existence_group ||
         seals_visit(operation);
}

}  // namespace kuangxun::history
