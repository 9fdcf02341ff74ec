#include "app/inspect/edit/edit.h"

#include <algorithm>
#include <map>

#include "app/inspect/edit/evidence.h"
#include "app/inspect/edit/reference.h"
#include "app/licence/corner_markers.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"
#include "db/records/validate.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

Result<records::Value> read_value(Desk& desk, const records::FieldDescription& field, const std::string& text) {
  if (field.type == records::FieldType::reference && !text.empty()) {
    const auto id = find_record(desk.store, text, field.targets);
    if (!id.ok()) return id.error().within(std::string(field.name));
    return records::Value(*id);
  }
  return records::parse_value(field, text);
}

Status check_value(const records::Record& record, const records::FieldDescription& field) {
  const auto findings = records::validate_value(field, record.value(field));
  if (!findings.empty()) return Error(ErrorCode::bad_input, findings.front().words).within(std::string(field.name));
  if (field.is_required && records::is_empty(record.value(field))) {
    return Error(ErrorCode::bad_input, phrase("{0}: required, cannot be emptied", {field.name}));
  }
  return {};
}

Status check_state(Desk& desk, const records::Record& before, const records::Record& after) {
  if (before.kind().number != kinds::visit || before.value(records::visit::state) == after.value(records::visit::state))
    return {};
  KX_CHECK(check_visit_state(before.integer(records::visit::state), after.integer(records::visit::state)));
  if (after.integer(records::visit::state) < records::visit_state::is_signed) return {};
  KX_TRY(parties, desk.store.list_where(kinds::visit_party, records::visit_party::visit, before.id()));
  const std::string missing = missing_for_signing(after, parties);
  return missing.empty() ? Status() : Error(ErrorCode::bad_input, missing);
}

// A marker that is moved to another corner must find it.
Status check_marker(Desk& desk, const records::Record& before, const records::Record& after) {
  if (before.kind().number != kinds::corner_marker) return {};
  if (before.value(records::corner_marker::boundary) == after.value(records::corner_marker::boundary) &&
      before.value(records::corner_marker::corner) == after.value(records::corner_marker::corner))
    return {};
  KX_TRY(visit, desk.store.read(after.reference(records::corner_marker::visit)));
  return licence::check_corner(desk.store, visit.record.reference(records::visit::place),
                               after.reference(records::corner_marker::boundary),
                               after.integer(records::corner_marker::corner));
}

Result<const records::FieldDescription*> editable_field(Desk& desk, const history::RecordView& view,
                                                        const std::string& name) {
  const records::FieldDescription* field = view.record.kind().find_field(name);
  if (field == nullptr) {
    return Error(ErrorCode::bad_input,
                 phrase("a {0} has no field \"{1}\"", {view.record.kind().label_words(), first_code_points(name, 60)}));
  }
  KX_CHECK(check_editable(desk.store, view, *field));
  const records::KindDescription& kind = view.record.kind();
  if (kind.number == kinds::walked_area && field->group == kind.find_field(records::common::outline)->group) {
    return Error(ErrorCode::bad_input, phrase("a walked area follows from what was measured and is not edited; void "
                                              "it and measure again"));
  }
  if (std::ranges::find(view.disputed, field->group) != view.disputed.end()) {
    return Error(ErrorCode::bad_input, phrase("{0} is in dispute; settle it with resolve", {name}));
  }
  return field;
}

// An operation replaces its whole group: the fields of it that nobody touched go along as they stand.
history::Edit edit_of(const history::RecordView& view, const records::Record& record, records::GroupNumber group) {
  history::Edit edit{record.id(), record.kind().number, group, {}, view.seen(group)};
  for (const records::FieldDescription* field : record.kind().fields_of(group)) {
    if (records::has_value(record.value(*field))) edit.values.push_back({field->number, record.value(*field)});
  }
  return edit;
}

}  // namespace

Result<std::vector<history::Edit>> prepare_fields(Desk& desk, const Uuid& id, std::span<const FieldText> fields) {
  KX_TRY(view, desk.store.read(id));
  records::Record after = view.record;
  std::vector<records::GroupNumber> touched;
  for (const FieldText& given : fields) {
    KX_TRY(field, editable_field(desk, view, given.name));
    KX_TRY(value, read_value(desk, *field, given.text));
    after.set_value(*field, std::move(value));
    KX_CHECK(check_value(after, *field));
    if (after.value(*field) != view.record.value(*field) && std::ranges::find(touched, field->group) == touched.end()) {
      touched.push_back(field->group);
    }
  }
  KX_CHECK(check_state(desk, view.record, after));
  KX_CHECK(check_marker(desk, view.record, after));
  std::vector<history::Edit> edits;
  for (const records::GroupNumber group : touched) edits.push_back(edit_of(view, after, group));
  return edits;
}

Status set_fields(Desk& desk, const Uuid& id, std::span<const FieldText> fields) {
  KX_TRY(edits, prepare_fields(desk, id, fields));
  if (edits.empty()) return {};
  return commit(desk, edits);
}

Status void_record(Desk& desk, const Uuid& id, const std::string& reason) {
  KX_TRY(view, desk.store.read(id));
  const records::KindDescription& kind = view.record.kind();
  if (!kind.is_evidence && !kind.is_place) {
    return Error(ErrorCode::bad_input,
                 phrase("a {0} is of the county's registers and cannot be voided", {kind.label_words()}));
  }
  if (view.record.is_voided()) {
    return Error(ErrorCode::bad_input,
                 phrase("record {0} is voided already ({1})", {id.text(), view.record.void_reason()}));
  }
  if (trim(reason).empty()) return Error(ErrorCode::bad_input, phrase("voiding needs a reason"));
  if (!is_clean_utf8(reason) || reason.size() > limits::short_text_bytes_max) {
    return Error(ErrorCode::bad_input, phrase("the reason is too long or not valid UTF-8"));
  }
  // All heads of all groups: an edit that was not seen is then held against the void, and people decide.
  const history::Edit edit{id, kind.number, records::existence_group, history::existence_values(true, reason),
                           view.seen_all()};
  return commit(desk, std::span(&edit, 1));
}

}  // namespace kuangxun::inspect
