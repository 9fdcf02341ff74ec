#include <algorithm>

#include "app/inspect/draft.h"
#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

void set_if_empty(records::Record& record, std::string_view field, records::Value value) {
  if (!record.has(field)) record.set_value(field, std::move(value));
}

bool stands_in_a_visit(const records::KindDescription& kind) {
  const records::FieldDescription* field = kind.find_field("visit");
  return kind.is_evidence && field != nullptr && field->type == records::FieldType::reference;
}

void complete_visit(Draft& draft, records::Record& visit) {
  const bool has_ended = visit.has("ended_at");
  set_if_empty(visit, "state", has_ended ? records::visit_state::ended : records::visit_state::under_way);
  if (visit.has("started_at")) set_if_empty(visit, "started_offset_min", std::int64_t{draft.desk().offset_min});
  if (has_ended) set_if_empty(visit, "ended_offset_min", std::int64_t{draft.desk().offset_min});
}

Status complete_photo(Draft& draft, DraftRecord& photo) {
  const DocumentRecord& source = *photo.source;
  if (source.file.empty()) {
    if (!photo.record.has("file_hash")) {
      return bad_record(source, "path", say_text("照片缺少文件路径", "the photo has no file path"));
    }
    return {};
  }
  const std::filesystem::path path = draft.document().folder / source.file;
  const auto bytes = AttachmentFolder::read_original(path);
  if (!bytes.ok()) return Error(ErrorCode::bad_input, bytes.error().message()).within(where_of(source, "path"));
  set_if_empty(photo.record, "file_name", source.file.filename().string());
  const Hash hash = sha256(*bytes);
  photo.record.set_value("file_hash", Bytes(hash.bytes.begin(), hash.bytes.end()));
  photo.record.set_value("file_bytes", static_cast<std::int64_t>(bytes->size()));
  return {};
}

// What stands about an example is an example: so the mark cannot be forgotten on the way down from a place to its
// visit, the points of the visit and the status of a unit.
Status inherit_example_mark(Draft& draft, records::Record& record) {
  if (record.kind().find_field("is_example") == nullptr || record.has("is_example")) return {};
  for (const std::string_view parent_field :
       {"place", "parent", "visit", "unit", "mine", "plan", "item_table", "assessment"}) {
    const records::FieldDescription* field = record.kind().find_field(parent_field);
    if (field == nullptr || field->type != records::FieldType::reference || !record.has(parent_field)) continue;
    const auto parent = draft.find(record.reference(parent_field));
    if (!parent.ok()) continue;  // check_records says so
    if (parent->kind().find_field("is_example") != nullptr && parent->integer("is_example") != 0) {
      record.set_value("is_example", std::int64_t{1});
      return {};
    }
  }
  return {};
}

}  // namespace

Status complete_records(Draft& draft) {
  for (DraftRecord& target : draft.records()) {
    records::Record& record = target.record;
    if (record.kind().number == kinds::visit) complete_visit(draft, record);
    if (stands_in_a_visit(record.kind()) && draft.visit() != nullptr) {
      set_if_empty(record, "visit", draft.visit()->record.id());
    }
    if (record.kind().number == kinds::review) set_if_empty(record, "reviewed_at", draft.desk().clock.now_ms());
    if (record.kind().number == kinds::photo) KX_CHECK(complete_photo(draft, target));
  }
  for (DraftRecord& target : draft.records()) {
    if (target.record.kind().number == kinds::restoration_status) KX_CHECK(measure_status(draft, target));
    if (target.record.kind().number == kinds::walked_area) KX_CHECK(measure_area(draft, target));
  }
  // Parents may stand after their children in the document; place, visit or unit, and what hangs on those are three
  // levels, so three rounds carry the mark all the way down.
  for (int round = 0; round < 3; ++round) {
    for (DraftRecord& target : draft.records()) KX_CHECK(inherit_example_mark(draft, target.record));
  }
  return {};
}

}  // namespace kuangxun::inspect
