#include "app/inspect/edit/settle.h"

#include <algorithm>

#include "app/inspect/edit/reference.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/validate.h"

// A settlement is an edit like any other, whose bases are the heads that it settles. It is worth the person's signature
// whatever it is about: one of two people's words goes by it.
namespace kuangxun::inspect {
namespace {

const history::Head* head_of(const std::vector<history::Head>& heads, const history::OperationId& id) {
  const auto found = std::ranges::find(heads, id, &history::Head::id);
  return found == heads.end() ? nullptr : &*found;
}

Status commit_settlement(Desk& desk, const history::Dispute& dispute, std::vector<records::FieldValue> values) {
  KX_TRY(view, desk.store.read(dispute.record));
  // The heads are those that were shown. If more came in meanwhile they stay heads beside the settlement.
  history::Edit edit{dispute.record, dispute.kind, dispute.group, std::move(values), history::ids_of(dispute.heads)};
  if (dispute.group == records::existence_group) {
    for (const history::Head& head : dispute.unseen_edits) edit.seen.push_back(head.id);
    for (const history::OperationId& id : view.seen_all()) edit.seen.push_back(id);
    std::ranges::sort(edit.seen);
    const auto repeated = std::ranges::unique(edit.seen);
    edit.seen.erase(repeated.begin(), repeated.end());
  }
  return commit(desk, std::span(&edit, 1), true);
}

}  // namespace

std::string group_name(const records::KindDescription& kind, records::GroupNumber group) {
  if (group == records::existence_group) return "existence";
  const records::FieldDescription* field = kind.find_field(group);
  return field != nullptr ? std::string(field->name) : std::to_string(group);
}

std::string dispute_id(const history::Dispute& dispute) {
  return dispute.record.text() + "/" + group_name(records::kind_of(dispute.kind), dispute.group);
}

std::string group_label(const records::KindDescription& kind, records::GroupNumber group) {
  if (group == records::existence_group) return say_text("voided or not");
  std::vector<std::string> labels;
  for (const records::FieldDescription* field : kind.fields_of(group)) labels.emplace_back(field->label());
  return join(labels, say_text(", "));
}

std::string values_text(const records::KindDescription& kind, const history::Head& head) {
  std::vector<std::string> parts;
  for (const records::FieldValue& value : head.values) {
    const records::FieldDescription* field = kind.find_field(value.field);
    if (field == nullptr) continue;
    parts.push_back(std::string(field->label()) + " " + records::display_value(*field, value.value));
  }
  return parts.empty() ? say_text("(empty)") : join(parts, say_text("; "));
}

std::string void_text(const history::Head& head) {
  bool is_voided = false;
  std::string reason;
  for (const records::FieldValue& value : head.values) {
    const auto* number = std::get_if<std::int64_t>(&value.value);
    const auto* text = std::get_if<std::string>(&value.value);
    if (value.field == history::existence_voided_field && number != nullptr) is_voided = *number != 0;
    if (value.field == history::existence_reason_field && text != nullptr) reason = *text;
  }
  if (!is_voided) return say_text("restored");
  return say_with(in_context("inspect", "voided: {0}"), {reason});
}

Result<history::Dispute> find_dispute(history::RecordReader& store, std::string_view id) {
  KX_TRY(disputes, store.disputes());
  for (history::Dispute& dispute : disputes) {
    if (dispute_id(dispute) == id) return std::move(dispute);
  }
  return Error(ErrorCode::not_found,
               phrase("there is no open dispute \"{0}\"; list them with disputes", {first_code_points(id, 120)}));
}

Status take_operation(Desk& desk, const history::Dispute& dispute, std::string_view operation) {
  KX_TRY(id, history::parse_operation_id(operation));
  if (const history::Head* head = head_of(dispute.heads, id)) return commit_settlement(desk, dispute, head->values);
  if (head_of(dispute.unseen_edits, id) != nullptr) {
    return commit_settlement(desk, dispute, history::existence_values(false, {}));
  }
  return Error(ErrorCode::bad_input, phrase("operation {0} is not in this dispute", {operation}));
}

Status settle_with(Desk& desk, const history::Dispute& dispute, std::span<const FieldText> fields) {
  if (dispute.group == records::existence_group) {
    return Error(ErrorCode::bad_input, phrase("settle a void against an edit with --take and one of its operations"));
  }
  const records::KindDescription& kind = records::kind_of(dispute.kind);
  records::Record record(dispute.record, kind);
  for (const FieldText& given : fields) {
    const records::FieldDescription* field = kind.find_field(given.name);
    if (field == nullptr || field->group != dispute.group) {
      return Error(ErrorCode::bad_input,
                   phrase("field \"{0}\" is not in this dispute", {first_code_points(given.name, 60)}));
    }
    if (field->type == records::FieldType::reference && !given.text.empty()) {
      KX_TRY(id, find_record(desk.store, given.text, field->targets));
      record.set_value(*field, id);
      continue;
    }
    KX_TRY(value, records::parse_value(*field, given.text));
    record.set_value(*field, std::move(value));
  }
  std::vector<records::FieldValue> values;
  for (const records::FieldDescription* field : kind.fields_of(dispute.group)) {
    const auto findings = records::validate_value(*field, record.value(*field));
    if (!findings.empty()) return Error(ErrorCode::bad_input, findings.front().words);
    if (field->is_required && !record.has(*field)) {
      return Error(ErrorCode::bad_input, phrase("{0}: required", {field->name}));
    }
    if (record.has(*field)) values.push_back({field->number, record.value(*field)});
  }
  return commit_settlement(desk, dispute, std::move(values));
}

}  // namespace kuangxun::inspect
