#include "app/pages/typing.h"

#include "app/inspect/visit/actions.h"

#include "app/inspect/edit/record_document.h"
#include "db/records/kinds.h"

namespace kuangxun::pages {
namespace {

std::string seed_key(const FieldAddress& at) {
  std::string key = std::to_string(at.kind);
  for (const inspect::FieldText& field : at.seed) key += "\n" + field.name + "=" + field.text;
  return key;
}

}  // namespace

Result<Uuid> Typing::record_of(inspect::Desk& desk, const FieldAddress& at,
                               const std::optional<inspect::FieldText>& first) {
  if (!at.record.is_nil()) return at.record;
  const std::string key = seed_key(at);
  if (const auto made = made_.find(key); made != made_.end()) return made->second;
  inspect::Document document;
  document.records.push_back({at.kind, {}, at.seed, {}, {}, {}});
  if (first) document.records.front().fields.push_back(*first);
  KX_TRY(recorded, inspect::record_document(desk, document, inspect::Completeness::begun));
  made_[key] = recorded.ids.front();
  return recorded.ids.front();
}

bool Typing::is_open(const Uuid& record, std::string_view field) const {
  if (!draft_ || record_ != record) return false;
  const records::FieldDescription* description = kind_->find_field(field);
  return description != nullptr && description->group == group_;
}

Result<Uuid> Typing::type(inspect::Desk& desk, const FieldAddress& at, const std::string& text) {
  KX_TRY(record, record_of(desk, at));
  if (!is_open(record, at.field)) {
    KX_CHECK(leave(desk));
    KX_TRY(draft, inspect::FieldDraft::open(desk, record, at.field));
    draft_ = std::move(draft);
    record_ = record;
    kind_ = &records::kind_of(at.kind);
    group_ = kind_->find_field(at.field)->group;
  }
  field_ = at.field;
  refused_.erase({record, at.field});
  draft_->type(desk, at.field, text);
  for (const inspect::FieldText& other : at.also) draft_->type(desk, other.name, text.empty() ? "" : other.text);
  return record;
}

Result<Uuid> Typing::choose(inspect::Desk& desk, const FieldAddress& at, const std::string& text) {
  KX_CHECK(leave(desk));
  const bool is_new = at.record.is_nil() && !made_.contains(seed_key(at));
  KX_TRY(record, record_of(desk, at, inspect::FieldText{at.field, text}));
  if (is_new) return record;
  KX_TRY(done, inspect::run_action(desk, "record.set", {record, {{at.field, text}}, {}, {}, {}}));
  return done;
}

Status Typing::leave(inspect::Desk& desk) {
  if (!draft_) return {};
  const std::string problem = draft_->problem();
  Status status;
  if (problem.empty()) {
    status = draft_->leave(desk);
    // Nothing is lost: the draft keeps the text and is tried again.
    if (!status.ok()) return status;
  } else {
    refused_[{record_, field_}] = {draft_->text(field_), problem};
    // The last text that could be entered stands in the pending row.
    status = desk.store.promote_pending();
  }
  draft_.reset();
  return status;
}

Result<bool> Typing::tick(inspect::Desk& desk) {
  if (!draft_) return false;
  KX_CHECK(draft_->tick(desk));
  if (draft_->due_ms()) return false;
  draft_.reset();  // it rested: the store has it
  return true;
}

std::optional<std::int64_t> Typing::due_ms() const {
  return draft_ ? draft_->due_ms() : std::nullopt;
}

std::optional<std::string> Typing::text_of(const Uuid& record, std::string_view field) const {
  if (record.is_nil()) return std::nullopt;
  if (is_open(record, field)) return draft_->text(field);
  const auto refused = refused_.find({record, std::string(field)});
  if (refused != refused_.end()) return refused->second.text;
  return std::nullopt;
}

std::string Typing::problem_of(const Uuid& record, std::string_view field) const {
  if (record.is_nil()) return {};
  if (is_open(record, field) && field == field_) return draft_->problem();
  const auto refused = refused_.find({record, std::string(field)});
  return refused != refused_.end() ? refused->second.problem : std::string();
}

}  // namespace kuangxun::pages
