#include "app/printout/record_json.h"

#include <array>

#include "app/inspect/edit/settle.h"
#include "app/inspect/edit/standing.h"
#include "db/base/calendar.h"
#include "db/language/language.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/common.h"
#include "db/records/kinds.h"

namespace kuangxun::printout {
namespace {

using records::FieldDescription;
using records::FieldType;

int offset_of(const records::Record& record, const FieldDescription& instant) {
  const FieldDescription* offset = record.kind().offset_of(instant);
  return offset == nullptr ? 0 : static_cast<int>(record.integer(*offset));
}

// Where a value comes from is said of every record, so a choice called `source` goes by the name of its choices.
std::string member_name(const FieldDescription& field) {
  const bool is_taken = field.name == "source" && field.type == FieldType::enumeration;
  return std::string(is_taken ? field.enumeration->name : field.name);
}

JsonValue values_json(const records::KindDescription& kind, const history::Head& head) {
  JsonValue values = JsonValue::object();
  records::Record record(Uuid{}, kind);
  for (const records::FieldValue& value : head.values) {
    const FieldDescription* field = kind.find_field(value.field);
    if (field == nullptr) continue;
    record.set_value(*field, value.value);
    values.add(std::string(field->name), value_json(record, *field));
  }
  return values;
}

JsonValue existence_json(const history::Head& head) {
  JsonValue values = JsonValue::object();
  for (const records::FieldValue& value : head.values) {
    if (value.field == history::existence_voided_field) {
      values.add("voided", JsonValue::boolean(value.value == records::Value(std::int64_t{1})));
    } else if (const auto* reason = std::get_if<std::string>(&value.value)) {
      values.add("reason", JsonValue::string(*reason));
    }
  }
  return values;
}

// Who did something, and when.
void add_author(JsonValue& json, const people::Names& names, const Uuid& person, const history::OperationId& id,
                std::int64_t wall_ms) {
  json.add("operation", JsonValue::string(id.text()));
  json.add("time", JsonValue::string(format_instant(wall_ms, beijing_offset_min)));
  json.add("person", person.is_nil() ? JsonValue() : JsonValue::string(person.text()));
  json.add("person_name", JsonValue::string_or_null(names.person(person)));
  json.add("device_name", JsonValue::string_or_null(names.device(id.writer)));
}

JsonValue head_json(const history::Head& head, const people::Names& names, JsonValue values) {
  JsonValue json = JsonValue::object();
  add_author(json, names, head.person, head.id, head.time.wall_ms);
  json.add("values", std::move(values));
  return json;
}

// The field groups of edits that somebody voided without having seen them are not in the head itself.
std::string group_of(const records::KindDescription& kind, const history::Head& head) {
  if (head.values.empty()) return {};
  const FieldDescription* field = kind.find_field(head.values.front().field);
  return field == nullptr ? std::string() : inspect::group_name(kind, field->group);
}

}  // namespace

JsonValue value_json(const records::Record& record, const FieldDescription& field) {
  const records::Value& value = record.value(field);
  if (records::is_empty(value)) return {};
  const auto* number = std::get_if<std::int64_t>(&value);
  switch (field.type) {
    case FieldType::integer:
    case FieldType::decimal:
      return number != nullptr ? JsonValue::number(records::format_value(field, value)) : JsonValue();
    case FieldType::boolean:
      return number != nullptr ? JsonValue::boolean(*number != 0) : JsonValue();
    case FieldType::instant:
      if (number != nullptr) return JsonValue::string(format_instant(*number, offset_of(record, field)));
      return {};
    default:
      return JsonValue::string(records::format_value(field, value));
  }
}

std::string_view name_of(history::SyncState state) {
  constexpr std::array<std::string_view, 4> names = {"on-laptop", "stored", "applied", "registers"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view label_of(history::SyncState state) {
  switch (state) {
    case history::SyncState::on_laptop:
      return say("on this laptop");
    case history::SyncState::stored:
      return say("stored at the county");
    case history::SyncState::applied:
      return say("applied at the county");
    case history::SyncState::registers:
      return say("registers");
  }
  return {};
}

Result<Sources> Sources::read(history::RecordReader& store) {
  Sources sources;
  KX_TRY(citations, store.list(records::kinds::citation));
  for (const records::Record& citation : citations) {
    std::string text = citation.text(records::citation::source);
    if (text.empty()) continue;
    if (citation.has(records::citation::row)) {
      text += say_with(" row {0}", {std::to_string(citation.integer(records::citation::row))});
    }
    sources.by_record_.emplace(citation.reference(records::citation::subject), std::move(text));
  }
  return sources;
}

std::string Sources::of(const records::Record& record) const {
  const auto found = by_record_.find(record.id());
  if (found != by_record_.end()) return found->second;
  if (record.integer(records::common::is_example) != 0) return "example";
  const FieldDescription* own = record.kind().find_field("source");
  if (own != nullptr && own->type == FieldType::text) return record.text(*own);
  return record.kind().is_evidence || record.kind().is_place ? "officer" : "";
}

JsonValue record_json(const records::Record& record, const std::string& source, history::SyncState state,
                      const std::set<std::string>& disputed) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(record.id().text()));
  json.add("kind", JsonValue::string(record.kind().name));
  json.add("name", JsonValue::string(record.name()));
  for (const FieldDescription& field : record.kind().fields) {
    const bool is_own_source = field.name == "source" && field.type == FieldType::text;
    if (field.name == "name" || is_own_source) continue;
    json.add(member_name(field), value_json(record, field));
  }
  json.add("source", JsonValue::string_or_null(source));
  json.add("sync_state", JsonValue::string(name_of(state)));
  JsonValue groups = JsonValue::array();
  for (const std::string& group : disputed) groups.push(JsonValue::string(group));
  json.add("disputed", std::move(groups));
  json.add("voided", JsonValue::boolean(record.is_voided()));
  if (record.is_voided()) json.add("void_reason", JsonValue::string(record.void_reason()));
  return json;
}

JsonValue hidden_json(const std::vector<inspect::HiddenChange>& changes, const people::Names& names) {
  JsonValue all = JsonValue::array();
  for (const inspect::HiddenChange& change : changes) {
    const history::Operation& operation = change.operation;
    const records::KindDescription* kind = records::find_kind(operation.kind);
    JsonValue one = JsonValue::object();
    one.add("group", kind == nullptr ? JsonValue() : JsonValue::string(inspect::group_name(*kind, operation.group)));
    one.add("code", JsonValue::string_or_null(change.code));
    one.add("reason", JsonValue::string_or_null(change.reason));
    one.add("decided_at", change.decided_ms == 0
                              ? JsonValue()
                              : JsonValue::string(format_instant(change.decided_ms, beijing_offset_min)));
    add_author(one, names, operation.person, operation.id, operation.time.wall_ms);
    all.push(std::move(one));
  }
  return all;
}

JsonValue photo_json(const inspect::PhotoStanding& standing) {
  JsonValue json = JsonValue::object();
  json.add("state", JsonValue::string(inspect::name_of(standing.where)));
  json.add("chunks_moved", JsonValue::integer(static_cast<std::int64_t>(standing.chunks_moved)));
  json.add("chunks", JsonValue::integer(static_cast<std::int64_t>(standing.chunks)));
  return json;
}

JsonValue dispute_json(history::RecordReader& store, const history::Dispute& dispute, const people::Names& names) {
  const records::KindDescription& kind = records::kind_of(dispute.kind);
  const bool is_existence = dispute.group == records::existence_group;
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(inspect::dispute_id(dispute)));
  json.add("record", JsonValue::string(dispute.record.text()));
  json.add("kind", JsonValue::string(kind.name));
  const auto view = store.read(dispute.record);
  json.add("name", view.ok() ? JsonValue::string(view->record.name()) : JsonValue());
  json.add("group", JsonValue::string(inspect::group_name(kind, dispute.group)));
  json.add("since", JsonValue::string(format_instant(inspect::dispute_began_ms(dispute), beijing_offset_min)));
  JsonValue fields = JsonValue::array();
  for (const FieldDescription* field : kind.fields_of(dispute.group)) fields.push(JsonValue::string(field->name));
  json.add("fields", std::move(fields));
  JsonValue values = JsonValue::array();
  for (const history::Head& head : dispute.heads) {
    values.push(head_json(head, names, is_existence ? existence_json(head) : values_json(kind, head)));
  }
  for (const history::Head& head : dispute.unseen_edits) {
    JsonValue edit = head_json(head, names, values_json(kind, head));
    edit.add("group", JsonValue::string(group_of(kind, head)));
    values.push(std::move(edit));
  }
  json.add("values", std::move(values));
  return json;
}

}  // namespace kuangxun::printout
