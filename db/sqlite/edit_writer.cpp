#include "db/sqlite/edit_writer.h"

#include <algorithm>
#include <cassert>

#include "db/base/language.h"
#include "db/frames/payload.h"
#include "db/history/person_signature.h"
#include "db/history/visibility.h"
#include "db/records/validate.h"

// An operation is made here and nowhere else: with the next number of this laptop's chain, the hybrid clock, the heads
// that the person saw as bases, and the person's signature when their key is at hand. What is wrong in it would be
// signed and kept for ever, so it is refused before it has a number.

namespace kuangxun::sqlite {
namespace {

using history::Edit;
using history::PendingEdit;

// Our own mistakes in an edit: they would be signed and kept for ever.
Status check_edit(const Edit& edit) {
  const records::KindDescription* kind = records::find_kind(edit.kind);
  if (kind == nullptr) return Error(ErrorCode::bad_input, say_text("未知的记录类型", "unknown kind of record"));
  if (history::is_county_only(edit.kind)) {
    return Error(ErrorCode::bad_input, say_with("“{0}”只由县库写入", "only the county writes {0}", {kind->label()}));
  }
  if (edit.group == records::existence_group) return {};
  for (const records::FieldValue& value : edit.values) {
    const records::FieldDescription* field = kind->find_field(value.field);
    if (field == nullptr || field->group != edit.group || !records::fits_type(*field, value.value) ||
        records::is_empty(value.value)) {
      return Error(ErrorCode::bad_input,
                   say_with("{0} 的字段 {1} 不能这样写入", "field {1} of {0} cannot be written like this",
                            {kind->name, std::to_string(value.field)}));
    }
  }
  return {};
}

}  // namespace

bool EditWriter::lacks_signer(const Edit& edit, const Uuid& person) const {
  if (!history::needs_person_signature(edit.kind)) return false;
  return person.is_nil() || !parts_.signer.has_value() || parts_.signer->person != person;
}

void EditWriter::sign_for_person(history::Operation& operation) const {
  if (!parts_.signer.has_value() || parts_.signer->person != operation.person) return;
  if (!history::deserves_person_signature(operation)) return;
  operation.person_signature = parts_.signer->key.sign(frames::person_signed_bytes(operation));
}

Status EditWriter::append_own(const Edit& edit, const Uuid& person) {
  KX_CHECK(check_edit(edit));
  if (lacks_signer(edit, person)) {
    return Error(ErrorCode::refused, say_with("“{0}”须由本人签名；请先输入口令解锁",
                                              "{0} needs the person's own signature: unlock with the PIN first",
                                              {records::kind_of(edit.kind).label()}));
  }
  history::Operation operation;
  operation.id = {parts_.own_writer, parts_.next_sequence};
  operation.time = parts_.hybrid_clock.next();
  operation.person = person;
  operation.record = edit.record;
  operation.kind = edit.kind;
  operation.group = edit.group;
  operation.bases = edit.seen;
  std::ranges::sort(operation.bases);
  const auto repeated = std::ranges::unique(operation.bases);
  operation.bases.erase(repeated.begin(), repeated.end());
  operation.values = edit.values;
  std::ranges::sort(operation.values, {}, &records::FieldValue::field);
  sign_for_person(operation);
  KX_CHECK(frames::check_encodable(operation));
  KX_TRY(is_new, parts_.log.append(operation));
  assert(is_new);
  static_cast<void>(is_new);
  ++parts_.next_sequence;
  return {};
}

Status EditWriter::commit(std::span<const Edit> edits, const Uuid& person) {
  if (edits.empty()) return {};
  return memory_.in_transaction([&]() -> Status {
    for (const Edit& edit : edits) KX_CHECK(append_own(edit, person));
    return {};
  });
}

Status EditWriter::keep_pending(const PendingEdit& pending) {
  KX_CHECK(check_edit(pending.edit));
  return pending_.keep(pending);
}

Status EditWriter::promote(std::vector<PendingEdit> rows) {
  std::erase_if(rows, [&](const PendingEdit& row) { return lacks_signer(row.edit, row.person); });
  if (rows.empty()) return {};
  return memory_.in_transaction([&]() -> Status {
    for (const PendingEdit& row : rows) {
      KX_CHECK(append_own(row.edit, row.person));
      KX_CHECK(pending_.remove(row.edit.record, row.edit.group));
    }
    return {};
  });
}

}  // namespace kuangxun::sqlite
