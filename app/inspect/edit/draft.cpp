#include "app/inspect/edit/draft.h"

#include <algorithm>

#include "app/inspect/edit/reference.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

using records::FieldDescription;
using records::FieldType;

bool is_number_type(FieldType type) {
  return type == FieldType::integer || type == FieldType::decimal;
}

Status check_shape(const DocumentRecord& source, const FieldDescription& field, TextShape shape) {
  if (shape == TextShape::any) return {};
  const TextShape wanted = is_number_type(field.type)         ? TextShape::number
                           : field.type == FieldType::boolean ? TextShape::boolean
                                                              : TextShape::string;
  if (shape == wanted) return {};
  const auto name = [](TextShape s) {
    return s == TextShape::number    ? say(in_context("inspect", "a number"))
           : s == TextShape::boolean ? say("true or false")
                                     : say("a string");
  };
  return bad_record(source, field.name, phrase("expected {0}, got {1}", {name(wanted), name(shape)}));
}

Status read_instant(DraftRecord& draft, const FieldDescription& field, const FieldText& given) {
  const auto instant = parse_instant(given.text);
  if (!instant.ok()) return bad_record(*draft.source, field.name, instant.error().words());
  draft.record.set_value(field, instant->utc_ms);
  const FieldDescription* offset = draft.record.kind().offset_of(field);
  if (offset != nullptr && records::is_empty(draft.record.value(*offset))) {
    draft.record.set_value(*offset, std::int64_t{instant->offset_min});
  }
  return {};
}

Status read_field(Draft& draft, DraftRecord& target, const FieldText& given) {
  const DocumentRecord& source = *target.source;
  const FieldDescription* field = target.record.kind().find_field(given.name);
  if (field == nullptr) {
    return bad_record(source, given.name, phrase("a {0} has no such field", {target.record.kind().label_words()}));
  }
  if (given.text.empty()) return {};
  KX_CHECK(check_shape(source, *field, given.shape));
  if (!is_clean_utf8(given.text)) {
    return bad_record(source, given.name, phrase("invalid UTF-8 or a NUL character"));
  }
  if (field->type == FieldType::instant) return read_instant(target, *field, given);
  if (field->type == FieldType::reference) {
    const auto id = draft.resolve(given.text, field->targets);
    if (!id.ok()) return bad_record(source, given.name, id.error().words());
    target.record.set_value(*field, *id);
    return {};
  }
  const auto value = records::parse_value(*field, given.text);
  if (!value.ok()) return bad_record(source, given.name, value.error().words());
  target.record.set_value(*field, *value);
  return {};
}

// `made` is the id to take when the document gives none.
Result<Uuid> id_for(Draft& draft, const DocumentRecord& source, const Uuid& made) {
  if (source.id.empty()) return made;
  if (source.id.front() == '@') {
    if (draft.local().emplace(source.id, made).second) return made;
    return bad_record(source, "id", phrase("\"{0}\" is used twice", {first_code_points(source.id, 40)}));
  }
  const auto id = parse_uuid(source.id);
  if (!id.ok()) {
    return bad_record(source, "id", phrase("\"{0}\" is neither an id nor a @name", {first_code_points(source.id, 40)}));
  }
  const auto stored = draft.desk().store.read(*id);
  if (!stored.ok() && stored.error().code() != ErrorCode::not_found) return stored.error();
  const bool in_draft =
      std::ranges::any_of(draft.records(), [&](const DraftRecord& r) { return r.record.id() == *id; });
  if (stored.ok() || in_draft) {
    return bad_record(source, "id", phrase("record {0} exists already; to edit it use set", {id->text()}));
  }
  return *id;
}

}  // namespace

std::string where_of(const DocumentRecord& source, std::string_view field) {
  if (source.where.empty()) return std::string(field);
  return field.empty() ? source.where : source.where + "/" + std::string(field);
}

Error bad_record(const DocumentRecord& source, std::string_view field, const Words& message) {
  const std::string where = where_of(source, first_code_points(field, 60));
  return where.empty() ? Error(ErrorCode::bad_input, message) : Error(ErrorCode::bad_input, message).within(where);
}

Result<records::Record> Draft::find(const Uuid& id) {
  for (const DraftRecord& draft : records_) {
    if (draft.record.id() == id) return draft.record;
  }
  if (const auto known = stored_.find(id); known != stored_.end()) return known->second;
  KX_TRY(view, desk_.store.read(id));
  return stored_.emplace(id, view.record).first->second;
}

Result<Uuid> Draft::resolve(std::string_view text, const std::vector<records::KindNumber>& kinds) {
  const auto fits = [&](const records::Record& record) {
    return kinds.empty() || std::ranges::find(kinds, record.kind().number) != kinds.end();
  };
  if (text.starts_with('@')) {
    const auto found = local_.find(std::string(text));
    if (found == local_.end()) {
      return Error(ErrorCode::bad_input,
                   phrase("the document has no record named \"{0}\"", {first_code_points(text, 40)}));
    }
    KX_TRY(record, find(found->second));
    if (fits(record)) return found->second;
    return Error(ErrorCode::bad_input, phrase("\"{0}\" is a {1}; expected here: {2}",
                                              {text, record.kind().label_words(), kind_labels(kinds)}));
  }
  std::string wanted_name(text);
  for (const DraftRecord& draft : records_) {
    const bool by_id = draft.record.id().text() == wanted_name;
    if (by_id && fits(draft.record)) return draft.record.id();
  }
  return find_record(desk_.store, text, kinds);
}

const DraftRecord* Draft::visit() const {
  const auto is_visit = [](const DraftRecord& draft) { return draft.record.kind().number == records::kinds::visit; };
  const auto found = std::ranges::find_if(records_, is_visit);
  return found == records_.end() || std::ranges::find_if(found + 1, records_.end(), is_visit) != records_.end()
             ? nullptr
             : &*found;
}

Status begin_records(Draft& draft) {
  draft.records().reserve(draft.document().records.size());
  // Stores list records by id, and those made in one millisecond differ by chance only: sorted, they keep the order in
  // which the person gave them.
  std::vector<Uuid> made(draft.document().records.size());
  for (Uuid& id : made) id = make_uuid(draft.desk().clock, draft.desk().random);
  std::ranges::sort(made);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const DocumentRecord& source = draft.document().records[i];
    KX_TRY(id, id_for(draft, source, made[i]));
    draft.records().push_back({records::Record(id, records::kind_of(source.kind)), &source});
  }
  return {};
}

Status read_fields(Draft& draft) {
  for (DraftRecord& record : draft.records()) {
    for (const FieldText& field : record.source->fields) KX_CHECK(read_field(draft, record, field));
  }
  return {};
}

}  // namespace kuangxun::inspect
