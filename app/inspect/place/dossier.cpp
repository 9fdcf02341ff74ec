#include "app/inspect/place/dossier.h"

#include <algorithm>

#include "app/inspect/edit/evidence.h"
#include "db/language/language.h"
#include "db/records/choices/party_role.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/plan_note.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

Status add_children(history::RecordReader& store, RecordFacts& facts, const records::ChildKind& child) {
  const Uuid id = facts.view.record.id();
  KX_TRY(records, store.list_where(child.kind->number, child.field->name, id));
  const bool may_be_late = facts.view.record.kind().number == kinds::visit &&
                           facts.view.record.integer(records::visit::state) >= records::visit_state::is_signed;
  for (records::Record& record : records) {
    bool late = false;
    if (may_be_late) {
      KX_TRY(view, store.read(record.id()));
      KX_TRY(added_later, is_added_after_signing(store, view));
      late = added_later;
    }
    facts.children.push_back({std::move(record), late});
  }
  return {};
}

Result<VisitSummary> summary_of(history::RecordReader& store, records::Record visit,
                                std::vector<records::Record>& open_findings) {
  VisitSummary summary{std::move(visit), 0, 0, 0, 0, {}};
  const auto standing = [&](records::KindNumber kind) -> Result<std::vector<records::Record>> {
    KX_TRY(records, store.list_where(kind, records::common::visit, summary.visit.id()));
    std::erase_if(records, [](const records::Record& record) { return record.is_voided(); });
    return records;
  };
  KX_TRY(points, store.count_standing(kinds::gps_point, records::gps_point::visit, summary.visit.id()));
  KX_TRY(photos, store.count_standing(kinds::photo, records::photo::visit, summary.visit.id()));
  KX_TRY(answers, store.count_standing(kinds::checklist_answer, records::checklist_answer::visit, summary.visit.id()));
  KX_TRY(findings, standing(kinds::finding));
  KX_TRY(parties, standing(kinds::visit_party));
  summary.points = points;
  summary.photos = photos;
  summary.answers = answers;
  summary.findings = findings.size();
  for (const records::Record& party : parties) {
    if (party.integer(records::visit_party::role) == records::party_role::officer)
      summary.officers.push_back(party.text(records::visit_party::name));
  }
  if (!summary.visit.is_voided()) {
    for (records::Record& finding : findings) open_findings.push_back(std::move(finding));
  }
  return summary;
}

bool is_before(const records::Record& a, const records::Record& b) {
  if (a.is_voided() != b.is_voided()) return b.is_voided();
  const std::int64_t started_a = a.integer(records::visit::started_at);
  const std::int64_t started_b = b.integer(records::visit::started_at);
  return started_a != started_b ? started_a > started_b : a.id() > b.id();
}

}  // namespace

Result<RecordFacts> record_facts(history::RecordReader& store, const Uuid& id) {
  KX_TRY(view, store.read(id));
  RecordFacts facts{std::move(view), {}, {}, {}, {}};
  KX_TRY(citations, store.list_where(kinds::citation, records::citation::subject, id));
  facts.citations = std::move(citations);
  KX_TRY(notes, store.list_where(kinds::plan_note, records::plan_note::subject, id));
  facts.notes = std::move(notes);
  if (!facts.view.disputed.empty()) {
    KX_TRY(disputes, store.disputes());
    for (history::Dispute& dispute : disputes) {
      if (dispute.record == id) facts.disputes.push_back(std::move(dispute));
    }
  }
  const records::KindDescription& kind = facts.view.record.kind();
  for (const records::ChildKind& child : records::children_of(kind, records::all_kinds())) {
    KX_CHECK(add_children(store, facts, child));
  }
  return facts;
}

namespace {

Result<Dossier> read_all(history::RecordReader& store, const Uuid& place) {
  KX_TRY(facts, record_facts(store, place));
  Dossier dossier{std::move(facts), {}, {}, {}};
  const records::Record& record = dossier.place.view.record;
  if (!record.kind().is_place) {
    return Error(ErrorCode::bad_input,
                 phrase("{0} is a {1}, not a place", {place.text(), record.kind().label_words()}));
  }
  std::vector<records::Record> visits;
  for (const Child& child : dossier.place.children) {
    if (child.record.kind().number == kinds::visit) visits.push_back(child.record);
  }
  std::ranges::sort(visits, is_before);
  for (records::Record& visit : visits) {
    KX_TRY(summary, summary_of(store, std::move(visit), dossier.open_findings));
    dossier.visits.push_back(std::move(summary));
  }
  KX_TRY(progress, restoration_progress(store, record));
  dossier.restoration = std::move(progress);
  return dossier;
}

}  // namespace

Result<Dossier> read_dossier(history::RecordReader& store, const Uuid& place) {
  // One look for all of it: hundreds of short reads, between which nobody may write half of what they show.
  std::optional<Dossier> dossier;
  KX_CHECK(store.read_together([&]() -> Status {
    KX_TRY(read, read_all(store, place));
    dossier = std::move(read);
    return {};
  }));
  return std::move(*dossier);
}

}  // namespace kuangxun::inspect
