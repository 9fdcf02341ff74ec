#include <algorithm>

#include "app/inspect/edit/draft.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/review.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

template <class Handle, class Value>
void set_if_empty(records::Record& record, const Handle& field, Value value) {
  if (!record.has(field)) record.set_value(field, std::move(value));
}

// By which a record of this kind says which visit it is of; null when it is of none.
const records::FieldDescription* link_to_visit(const records::KindDescription& kind) {
  if (!kind.is_evidence) return nullptr;
  for (const records::FieldDescription* link : kind.links(records::Link::about)) {
    if (std::ranges::find(link->targets, kinds::visit) != link->targets.end()) return link;
  }
  return nullptr;
}

void complete_visit(Draft& draft, records::Record& visit) {
  const bool has_ended = visit.has(records::visit::ended_at);
  set_if_empty(visit, records::visit::state, has_ended ? records::visit_state::ended : records::visit_state::under_way);
  if (visit.has(records::visit::started_at))
    set_if_empty(visit, records::visit::started_offset_min, std::int64_t{draft.desk().offset_min});
  if (has_ended) set_if_empty(visit, records::visit::ended_offset_min, std::int64_t{draft.desk().offset_min});
}

Status complete_photo(Draft& draft, DraftRecord& photo) {
  const DocumentRecord& source = *photo.source;
  if (source.file.empty()) {
    if (!photo.record.has(records::photo::file_hash)) {
      return bad_record(source, "path", phrase("the photo has no file path"));
    }
    return {};
  }
  const std::filesystem::path path = draft.document().folder / source.file;
  const auto bytes = AttachmentFolder::read_original(path);
  if (!bytes.ok()) return Error(ErrorCode::bad_input, bytes.error().words()).within(where_of(source, "path"));
  set_if_empty(photo.record, records::photo::file_name, source.file.filename().string());
  const Hash hash = sha256(*bytes);
  photo.record.set_value(records::photo::file_hash, Bytes(hash.bytes.begin(), hash.bytes.end()));
  photo.record.set_value(records::photo::file_bytes, static_cast<std::int64_t>(bytes->size()));
  return {};
}

// What stands about an example is an example: so the mark cannot be forgotten on the way down from a place to its
// visit, the points of the visit and the status of a unit.
Status inherit_example_mark(Draft& draft, records::Record& record) {
  const records::FieldDescription* mark = record.kind().find_field(records::common::is_example);
  if (mark == nullptr || record.has(*mark)) return {};
  for (const records::FieldDescription* link : record.kind().links(records::Link::about)) {
    if (!record.has(*link)) continue;
    const auto about = draft.find(record.reference(*link));
    if (!about.ok()) continue;  // check_records says so
    if (about->integer(records::common::is_example) != 0) {
      record.set_value(*mark, std::int64_t{1});
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
    const records::FieldDescription* visit = link_to_visit(record.kind());
    if (visit != nullptr && draft.visit() != nullptr && !record.has(*visit)) {
      record.set_value(*visit, draft.visit()->record.id());
    }
    if (record.kind().number == kinds::review)
      set_if_empty(record, records::review::reviewed_at, draft.desk().clock.now_ms());
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
