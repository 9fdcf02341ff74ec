#include "app/inspect/edit/record_document.h"

#include "app/inspect/edit/draft.h"
#include "db/language/language.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

// Only after everything was checked. What is kept here without a record (when the commit fails) is harmless: it is
// found again by its hash at the next try.
Status keep_files(Draft& draft) {
  for (const DraftRecord& target : draft.records()) {
    if (target.source->file.empty()) continue;
    const std::filesystem::path path = draft.document().folder / target.source->file;
    KX_TRY(bytes, AttachmentFolder::read_original(path));
    const Hash hash = sha256(bytes);
    if (target.record.value(records::photo::file_hash) != records::Value(Bytes(hash.bytes.begin(), hash.bytes.end()))) {
      return bad_record(*target.source, "path", phrase("file {0} changed while it was read", {path.string()}));
    }
    if (const auto kept = draft.desk().attachments.keep(bytes); !kept.ok()) return kept.error();
  }
  return {};
}

// The states of visits come last: what is in the same document stood before its visit was signed, and the log says so.
std::vector<history::Edit> edits_of(Draft& draft) {
  std::vector<history::Edit> edits;
  std::vector<history::Edit> states;
  const records::KindDescription& visit = records::kind_of(records::kinds::visit);
  const records::GroupNumber state_group = visit.find_field(records::visit::state)->group;
  for (const DraftRecord& target : draft.records()) {
    for (history::Edit& edit : history::edits_for_new(target.record)) {
      const bool is_state = edit.kind == visit.number && edit.group == state_group;
      (is_state ? states : edits).push_back(std::move(edit));
    }
  }
  for (history::Edit& edit : states) edits.push_back(std::move(edit));
  return edits;
}

Status check_draft(Draft& draft, Completeness completeness) {
  KX_CHECK(begin_records(draft));
  KX_CHECK(read_fields(draft));
  KX_CHECK(complete_records(draft));
  return check_records(draft, completeness);
}

Recorded recorded_of(Draft& draft) {
  Recorded recorded{{}, draft.local()};
  for (const DraftRecord& target : draft.records()) recorded.ids.push_back(target.record.id());
  return recorded;
}

}  // namespace

Result<Recorded> record_document(Desk& desk, const Document& document, Completeness completeness) {
  Draft draft(desk, document);
  KX_CHECK(check_draft(draft, completeness));
  KX_CHECK(keep_files(draft));
  Recorded recorded = recorded_of(draft);
  KX_CHECK(commit(desk, edits_of(draft)));
  return recorded;
}

Result<Prepared> prepare_document(Desk& desk, const Document& document) {
  Draft draft(desk, document);
  KX_CHECK(check_draft(draft, Completeness::whole));
  return Prepared{recorded_of(draft), edits_of(draft)};
}

}  // namespace kuangxun::inspect
