#include <algorithm>
#include <set>
#include <tuple>

#include "app/inspect/edit/draft.h"
#include "app/inspect/edit/evidence.h"
#include "app/inspect/edit/reference.h"
#include "app/licence/corner_markers.h"
#include "db/language/language.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/common.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"
#include "db/records/validate.h"

// What one record can tell by itself is in its description (db/records/validate.h); here is what records tell of each
// other. The first fault ends it, because people mend one thing at a time and the next may follow from it.
namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

Status check_values(const DraftRecord& draft, Completeness completeness) {
  const auto findings = records::validate_record(draft.record);
  for (const records::ValidationFinding& finding : findings) {
    const bool is_missing = !finding.field.empty() && !draft.record.has(*draft.record.kind().find_field(finding.field));
    if (is_missing && completeness == Completeness::begun) continue;
    return bad_record(*draft.source, finding.field, finding.words);
  }
  return {};
}

Status check_references(Draft& draft, const DraftRecord& target) {
  for (const records::FieldDescription& field : target.record.kind().fields) {
    if (field.type != records::FieldType::reference || !target.record.has(field)) continue;
    const auto referenced = draft.find(target.record.reference(field));
    if (!referenced.ok()) return bad_record(*target.source, field.name, referenced.error().words());
    if (referenced->is_voided()) {
      return bad_record(
          *target.source, field.name,
          phrase("the {0} \"{1}\" it points to is voided", {referenced->kind().label_words(), referenced->name()}));
    }
  }
  return {};
}

Status check_visit(Draft& draft, const DraftRecord& target) {
  const records::Record& visit = target.record;
  if (visit.has(records::visit::ended_at) &&
      visit.integer(records::visit::ended_at) < visit.integer(records::visit::started_at)) {
    return bad_record(*target.source, "ended_at", phrase("it ends before it starts"));
  }
  if (visit.integer(records::visit::state) < records::visit_state::is_signed) return {};
  std::vector<records::Record> parties;
  for (const DraftRecord& other : draft.records()) {
    if (other.record.kind().number == kinds::visit_party &&
        other.record.reference(records::visit_party::visit) == visit.id()) {
      parties.push_back(other.record);
    }
  }
  const std::string missing = missing_for_signing(visit, parties);
  return missing.empty() ? Status() : bad_record(*target.source, "state", missing);
}

// A marker stands on a corner of the place that was visited, and was measured in that visit.
Status check_marker(Draft& draft, const DraftRecord& target) {
  const records::Record& marker = target.record;
  if (!marker.has(records::corner_marker::visit) || !marker.has(records::corner_marker::boundary) ||
      !marker.has(records::corner_marker::corner))
    return {};
  KX_TRY(visit, draft.find(marker.reference(records::corner_marker::visit)));
  const Status stands = licence::check_corner(draft.desk().store, visit.reference(records::visit::place),
                                              marker.reference(records::corner_marker::boundary),
                                              marker.integer(records::corner_marker::corner));
  if (!stands.ok() && stands.error().code() != ErrorCode::bad_input) return stands;
  if (!stands.ok()) return bad_record(*target.source, "corner", stands.error().words());
  for (const auto& field : {records::corner_marker::point, records::corner_marker::photo}) {
    if (!marker.has(field)) continue;
    KX_TRY(evidence, draft.find(marker.reference(field)));
    if (evidence.reference(records::common::visit) == marker.reference(records::corner_marker::visit)) continue;
    return bad_record(*target.source, field,
                      phrase("the {0} it points to is of another visit", {evidence.kind().label_words()}));
  }
  return {};
}

using AnswerKey = std::tuple<Uuid, std::string, std::string>;

AnswerKey key_of(const records::Record& answer) {
  return {answer.reference(records::checklist_answer::visit), answer.text(records::checklist_answer::checklist),
          answer.text(records::checklist_answer::item)};
}

// One item of a checklist has one answer in a visit.
Status check_answers(Draft& draft) {
  std::set<AnswerKey> answered;
  std::set<Uuid> loaded;
  for (const DraftRecord& target : draft.records()) {
    if (target.record.kind().number != kinds::checklist_answer || !target.record.has(records::checklist_answer::visit))
      continue;
    const Uuid visit = target.record.reference(records::checklist_answer::visit);
    if (loaded.insert(visit).second) {
      KX_TRY(stored, draft.desk().store.list_where(kinds::checklist_answer, records::checklist_answer::visit, visit));
      for (const records::Record& answer : stored) {
        if (!answer.is_voided()) answered.insert(key_of(answer));
      }
    }
    if (!answered.insert(key_of(target.record)).second) {
      return bad_record(*target.source, "item",
                        phrase("\"{0}\" is answered already; to edit the answer use set",
                               {target.record.text(records::checklist_answer::item)}));
    }
  }
  return {};
}

}  // namespace

Status check_records(Draft& draft, Completeness completeness) {
  for (const DraftRecord& target : draft.records()) {
    KX_CHECK(check_values(target, completeness));
    KX_CHECK(check_references(draft, target));
    if (target.record.kind().number == kinds::visit) KX_CHECK(check_visit(draft, target));
    if (target.record.kind().number == kinds::corner_marker) KX_CHECK(check_marker(draft, target));
  }
  return check_answers(draft);
}

}  // namespace kuangxun::inspect
