#include "db/sqlite/edit_writer.h"

#include <algorithm>
#include <cassert>

#include "db/frames/payload.h"
#include "db/history/person_signature.h"
#include "db/history/visibility.h"
#include "db/language/language.h"
#include "db/records/validate.h"

// An operation is made here and nowhere else: with the next number of this laptop's chain, the hybrid clock, the heads
// that the person saw as bases, and the person's signature when their key is at hand. What is wrong in it would be
// signed and kept for ever, so it is refused before it has a number.
namespace kuangxun::sqlite {

using history::Edit;
using history::PendingEdit;

Status check_edit(const Edit& edit) {
  const records::KindDescription* kind = records::find_kind(edit.kind);
  if (kind == nullptr) return Error(ErrorCode::bad_input, phrase("unknown kind of record"));
  if (history::is_county_only(edit.kind)) {
    return Error(ErrorCode::bad_input, phrase("only the county writes {0}", {kind->label_words()}));
  }
  if (edit.group == records::existence_group) return {};
  for (const records::FieldValue& value : edit.values) {
    const records::FieldDescription* field = kind->find_field(value.field);
    if (field == nullptr || field->group != edit.group || !records::fits_type(*field, value.value) ||
        records::is_empty(value.value)) {
      return Error(ErrorCode::bad_input,
                   phrase("field {1} of {0} cannot be written like this", {kind->name, std::to_string(value.field)}));
    }
  }
  return {};
}

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
    return Error(ErrorCode::refused, phrase("{0} needs the person's own signature: unlock with the PIN first",
                                            {records::kind_of(edit.kind).label_words()}));
  }
  history::Operation operation;
  operation.id = {parts_.own_writer, parts_.next_sequence};
  operation.time = parts_.hybrid_clock.next();
  operation.person = person;
  operation.record = edit.record;
  operation.kind = edit.kind;
  operation.group = edit.group;
  operation.bases = edit.seen;
  // A page may still show what this laptop wrote in an earlier epoch.
  KX_CHECK(parts_.rehomed.follow(operation.bases));
  operation.values = edit.values;
  std::ranges::sort(operation.values, {}, &records::FieldValue::field);
  sign_for_person(operation);
  KX_CHECK(frames::check_encodable(operation));
  KX_TRY(is_new, parts_.log.append_own(operation));
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

Status EditWriter::promote(PendingFile& file, const Wanted& wanted) {
  KX_TRY(rows, file.all());
  std::vector<PendingRow> ready = rows;
  std::erase_if(ready, [&](const PendingRow& row) {
    return !wanted(row.pending) || lacks_signer(row.pending.edit, row.pending.person);
  });
  if (ready.empty()) return {};
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_CHECK(forget_tokens_but(rows));
    for (const PendingRow& row : ready) KX_CHECK(promote_row(row));
    return {};
  }));
  // They are operations now, durably. A row that cannot be removed is known by its token the next time.
  for (const PendingRow& row : ready) static_cast<void>(file.remove(row.token).ok());
  return {};
}

Status EditWriter::promote_row(const PendingRow& row) {
  KX_TRY(known, parts_.database.statement("SELECT version, operation_key FROM promoted WHERE serial = ?"));
  known->bind(0, row.token.serial);
  KX_TRY(was_promoted, known->step());
  const std::int64_t version = was_promoted ? known->integer(0) : 0;
  const OperationKey earlier = was_promoted ? known->integer(1) : 0;
  known->reset();
  if (version >= row.token.version) return {};
  Edit edit = row.pending.edit;
  if (was_promoted) KX_CHECK(see_earlier(edit.seen, earlier));
  const history::OperationId becomes{parts_.own_writer, parts_.next_sequence};
  KX_CHECK(append_own(edit, row.pending.person));
  KX_TRY(key, parts_.dictionary.key_of(becomes));
  KX_TRY(note, parts_.database.statement("INSERT OR REPLACE INTO promoted (serial, version, operation_key) VALUES "
                                         "(?, ?, ?)"));
  note->bind(0, row.token.serial);
  note->bind(1, row.token.version);
  note->bind(2, key);
  return note->run();
}

Status EditWriter::see_earlier(std::vector<history::OperationId>& seen, OperationKey earlier) {
  std::vector<history::OperationId> made{parts_.dictionary.id_of(earlier)};
  KX_CHECK(parts_.rehomed.follow(made));
  KX_TRY(key, parts_.dictionary.key_of(made.front()));
  KX_TRY(operation, parts_.rows.read(key));
  KX_CHECK(parts_.rehomed.follow(seen));
  std::erase_if(seen, [&](const history::OperationId& id) {
    return std::ranges::find(operation.bases, id) != operation.bases.end();
  });
  seen.push_back(operation.id);
  return {};
}

Status EditWriter::forget_tokens_but(const std::vector<PendingRow>& rows) {
  std::string kept;
  for (const PendingRow& row : rows) kept += (kept.empty() ? "" : ", ") + std::to_string(row.token.serial);
  return parts_.database.connection().execute("DELETE FROM promoted WHERE serial NOT IN (" + kept + ")");
}

}  // namespace kuangxun::sqlite
