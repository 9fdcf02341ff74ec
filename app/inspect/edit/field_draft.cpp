#include "app/inspect/edit/field_draft.h"

#include <algorithm>
#include <cassert>

#include "app/inspect/edit/evidence.h"
#include "db/language/language.h"
#include "db/records/validate.h"

namespace kuangxun::inspect {

FieldDraft::FieldDraft(history::RecordView seen, records::GroupNumber group) : seen_(std::move(seen)), group_(group) {
  show_seen();
}

Result<FieldDraft> FieldDraft::open(Desk& desk, const Uuid& record, std::string_view field_name) {
  KX_TRY(view, desk.store.read(record));
  const records::FieldDescription* field = view.record.kind().find_field(field_name);
  assert(field != nullptr && "a form shows only fields of its kind");
  KX_CHECK(check_editable(desk.store, view, *field));
  const records::GroupNumber group = field->group;
  if (std::ranges::find(view.disputed, group) != view.disputed.end()) {
    return Error(ErrorCode::bad_input, phrase("\"{0}\" is in dispute; settle it first", {field->label_words()}));
  }
  return FieldDraft(std::move(view), group);
}

void FieldDraft::show_seen() {
  texts_.clear();
  for (const records::FieldDescription* field : seen_.record.kind().fields_of(group_)) {
    texts_[std::string(field->name)] = records::format_value(*field, seen_.record.value(*field));
  }
}

void FieldDraft::type(Desk& desk, std::string_view field, std::string text) {
  const auto found = texts_.find(field);
  assert(found != texts_.end() && "the field is of this group");
  if (found->second == text) return;
  found->second = std::move(text);
  const std::int64_t now_ms = desk.clock.steady_ms();
  if (!typed_last_ms_ && !is_kept_) first_typed_wall_ms_ = desk.clock.now_ms();
  typed_last_ms_ = now_ms;
  if (!unkept_since_ms_) unkept_since_ms_ = now_ms;
}

const std::string& FieldDraft::text(std::string_view field) const {
  const auto found = texts_.find(field);
  assert(found != texts_.end());
  return found->second;
}

Result<history::Edit> FieldDraft::edit() const {
  history::Edit edit{seen_.record.id(), seen_.record.kind().number, group_, {}, seen_.seen(group_)};
  for (const records::FieldDescription* field : seen_.record.kind().fields_of(group_)) {
    KX_TRY(value, records::parse_value(*field, text(field->name)));
    const auto findings = records::validate_value(*field, value);
    if (!findings.empty()) return Error(ErrorCode::bad_input, findings.front().words);
    if (field->is_required && records::is_empty(value)) {
      return Error(ErrorCode::bad_input, phrase("{0}: required", {field->label_words()}));
    }
    if (records::has_value(value)) edit.values.push_back({field->number, std::move(value)});
  }
  return edit;
}

std::string FieldDraft::problem() const {
  const auto made = edit();
  return made.ok() ? std::string() : made.error().message();
}

std::optional<std::int64_t> FieldDraft::due_ms() const {
  if (!typed_last_ms_) return std::nullopt;
  const std::int64_t rested_ms = *typed_last_ms_ + rest_ms;
  return unkept_since_ms_ ? std::min(*unkept_since_ms_ + keep_after_ms, rested_ms) : rested_ms;
}

Status FieldDraft::keep(Desk& desk) {
  unkept_since_ms_.reset();
  auto made = edit();
  if (!made.ok()) return {};  // shown by problem(); the last good text stays kept
  is_kept_ = true;
  return desk.store.keep_pending({std::move(*made), desk.person, first_typed_wall_ms_});
}

Status FieldDraft::tick(Desk& desk) {
  const std::int64_t now_ms = desk.clock.steady_ms();
  if (typed_last_ms_ && now_ms - *typed_last_ms_ >= rest_ms) {
    typed_last_ms_ = now_ms;  // text with a problem is tried again after the next rest, not at every tick
    return problem().empty() ? leave(desk) : keep(desk);
  }
  if (unkept_since_ms_ && now_ms - *unkept_since_ms_ >= keep_after_ms) return keep(desk);
  return {};
}

Status FieldDraft::leave(Desk& desk) {
  KX_TRY(made, edit());
  std::vector<records::FieldValue> before;
  for (const records::FieldDescription* field : seen_.record.kind().fields_of(group_)) {
    if (seen_.record.has(*field)) before.push_back({field->number, seen_.record.value(*field)});
  }
  // Text that came back to what it was makes no operation, unless a pending row says otherwise already.
  if (made.values != before || is_kept_) {
    KX_CHECK(keep(desk));
    KX_CHECK(desk.store.promote_pending());
    KX_TRY(view, desk.store.read(seen_.record.id()));
    seen_ = std::move(view);
    show_seen();
  }
  is_kept_ = false;
  unkept_since_ms_.reset();
  typed_last_ms_.reset();
  return {};
}

}  // namespace kuangxun::inspect
