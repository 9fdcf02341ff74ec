#include <algorithm>

#include "app/inspect/edit/edit.h"
#include "app/inspect/edit/evidence.h"
#include "app/inspect/edit/record_document.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/track/walk.h"
#include "app/inspect/visit/actions.h"
#include "app/inspect/visit/corner_markers.h"
#include "db/language/language.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;
using history::RecordView;

std::string now_text(Desk& desk) {
  return format_instant(desk.clock.now_ms(), desk.offset_min);
}

void add_default(std::vector<FieldText>& fields, std::string_view name, std::string text) {
  const auto found = std::ranges::find(fields, name, &FieldText::name);
  if (found == fields.end()) {
    fields.push_back({std::string(name), std::move(text)});
  } else if (found->text.empty()) {
    found->text = std::move(text);
  }
}

Result<Uuid> add_one(Desk& desk, DocumentRecord record) {
  Document document;
  document.records.push_back(std::move(record));
  KX_TRY(recorded, record_document(desk, document));
  return recorded.ids.front();
}

Status standing(Desk&, const RecordView& subject) {
  if (!subject.record.is_voided()) return {};
  return Error(ErrorCode::bad_input, phrase("it is voided: {0}", {subject.record.void_reason()}));
}

Result<Uuid> start_visit(Desk& desk, const Request& request) {
  DocumentRecord visit{kinds::visit, {}, request.fields, {}, {}, {}};
  add_default(visit.fields, "place", request.subject.text());
  add_default(visit.fields, "visit_kind", "patrol");
  add_default(visit.fields, "started_at", now_text(desk));
  return add_one(desk, std::move(visit));
}

// Adds a piece of evidence of one kind to a visit.
auto add_to_visit(records::KindNumber kind) {
  return [kind](Desk& desk, const Request& request) -> Result<Uuid> {
    DocumentRecord record{kind, {}, request.fields, {}, request.file, {}};
    add_default(record.fields, "visit", request.subject.text());
    return add_one(desk, std::move(record));
  };
}

Result<Uuid> add_area(Desk& desk, const Request& request) {
  DocumentRecord area{kinds::walked_area, {}, request.fields, request.corners, {}, {}};
  add_default(area.fields, "visit", request.subject.text());
  return add_one(desk, std::move(area));
}

// An item has one answer in a visit: to answer again is to edit it, so that the earlier answer stays in its history.
Result<Uuid> answer_item(Desk& desk, const Request& request) {
  KX_TRY(answers, desk.store.list_where(kinds::checklist_answer, records::checklist_answer::visit, request.subject));
  for (const records::Record& answer : answers) {
    const bool same =
        answer.text(records::checklist_answer::checklist) == request.field(records::checklist_answer::checklist) &&
        answer.text(records::checklist_answer::item) == request.field(records::checklist_answer::item);
    if (!same || answer.is_voided()) continue;
    KX_CHECK(set_fields(desk, answer.id(), request.fields));
    return answer.id();
  }
  return add_to_visit(kinds::checklist_answer)(desk, request);
}

Status is_under_way(Desk& desk, const RecordView& visit) {
  KX_CHECK(standing(desk, visit));
  if (visit.record.integer(records::visit::state) == records::visit_state::under_way) return {};
  return Error(ErrorCode::bad_input, phrase("this visit has ended already"));
}

Result<Uuid> end_visit(Desk& desk, const Request& request) {
  std::vector<FieldText> fields = request.fields;
  add_default(fields, records::visit::ended_at, now_text(desk));
  add_default(fields, records::visit::ended_offset_min, std::to_string(desk.offset_min));
  fields.push_back({records::visit::state, records::visit_state::ended.text()});
  KX_TRY(view, desk.store.read(request.subject));
  const auto ended = parse_instant(
      request.field(records::visit::ended_at).empty() ? now_text(desk) : request.field(records::visit::ended_at));
  if (ended.ok() && ended->utc_ms < view.record.integer(records::visit::started_at)) {
    return Error(ErrorCode::bad_input, phrase("it ends before it starts; check the clock"));
  }
  KX_CHECK(set_fields(desk, request.subject, fields));
  return request.subject;
}

Status can_be_signed(Desk& desk, const RecordView& visit) {
  KX_CHECK(standing(desk, visit));
  if (visit.record.integer(records::visit::state) >= records::visit_state::is_signed) {
    return Error(ErrorCode::bad_input, phrase("this visit is signed already"));
  }
  KX_TRY(parties, desk.store.list_where(kinds::visit_party, records::visit_party::visit, visit.record.id()));
  const std::string missing = missing_for_signing(visit.record, parties);
  return missing.empty() ? Status() : Error(ErrorCode::bad_input, missing);
}

Result<Uuid> set_state(Desk& desk, const Request& request, const records::Choice& state) {
  const std::vector<FieldText> fields = {{records::visit::state, state.text()}};
  KX_CHECK(set_fields(desk, request.subject, fields));
  return request.subject;
}

Status has_ended_unsigned(Desk& desk, const RecordView& visit) {
  KX_CHECK(standing(desk, visit));
  if (visit.record.integer(records::visit::state) == records::visit_state::ended) return {};
  return Error(ErrorCode::bad_input, phrase("only a visit that has ended and is not signed can be continued"));
}

Status party_can_sign(Desk& desk, const RecordView& party) {
  KX_CHECK(standing(desk, party));
  if (party.record.has(records::visit_party::signed_at)) return Error(ErrorCode::bad_input, phrase("signed already"));
  return check_editable(desk.store, party, *party.record.kind().find_field(records::visit_party::signed_at));
}

Result<Uuid> sign_party(Desk& desk, const Request& request) {
  const std::vector<FieldText> fields = {{records::visit_party::signed_at, now_text(desk)},
                                         {records::visit_party::signed_offset_min, std::to_string(desk.offset_min)}};
  KX_CHECK(set_fields(desk, request.subject, fields));
  return request.subject;
}

Result<Uuid> record_refusal(Desk& desk, const Request& request) {
  if (request.field(records::visit::refusal_reason).empty()) {
    return Error(ErrorCode::bad_input, phrase("give the reason of the refusal"));
  }
  const std::vector<FieldText> fields = {
      {records::visit::is_refused, "true"},
      {records::visit::refusal_reason, request.field(records::visit::refusal_reason)}};
  KX_CHECK(set_fields(desk, request.subject, fields));
  return request.subject;
}

Status is_unsigned(Desk& desk, const RecordView& visit) {
  KX_CHECK(standing(desk, visit));
  return check_editable(desk.store, visit, *visit.record.kind().find_field(records::visit::is_refused));
}

}  // namespace

std::vector<Action> visit_actions() {
  const std::vector<records::KindNumber> visit = {kinds::visit};
  return {
      {"visit.start", "开始检查", "Start a visit", place_kinds(), standing, start_visit},
      {"visit.end", "结束检查", "End the visit", visit, is_under_way, end_visit},
      {"visit.continue", "继续检查", "Continue the visit", visit, has_ended_unsigned,
       [](Desk& desk, const Request& request) { return set_state(desk, request, records::visit_state::under_way); }},
      {"visit.sign", "签字完成", "Close as signed", visit, can_be_signed,
       [](Desk& desk, const Request& request) { return set_state(desk, request, records::visit_state::is_signed); }},
      {"visit.refuse", "记录拒签", "Record a refusal", visit, is_unsigned, record_refusal},
      {"point.add", "添加定位点", "Add a point", visit, standing, add_to_visit(kinds::gps_point)},
      {"answer.set", "填写检查结果", "Answer an item", visit, standing, answer_item},
      {"area.add", "以测点围成范围", "Make an area of points", visit, standing, add_area},
      {"area.walk", "以轨迹围成范围", "Make an area of a track", visit, standing, add_walk},
      {"marker.add", "记录界桩", "Record a boundary marker", visit, standing, add_marker},
      {"finding.add", "添加问题", "Add a finding", visit, standing, add_to_visit(kinds::finding)},
      {"photo.add", "添加照片", "Add a photo", visit, standing, add_to_visit(kinds::photo)},
      {"party.add", "添加在场人员", "Add a person", visit, standing, add_to_visit(kinds::visit_party)},
      {"party.sign", "签字", "Sign", {kinds::visit_party}, party_can_sign, sign_party},
  };
}

}  // namespace kuangxun::inspect
