#include <algorithm>

#include "app/inspect/edit/edit.h"
#include "app/inspect/edit/record_document.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/visit/actions.h"
#include "app/inspect/visit/boundaries.h"
#include "db/language/language.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;
using history::RecordView;

std::vector<records::KindNumber> every_kind() {
  std::vector<records::KindNumber> numbers;
  for (const records::KindDescription& kind : records::all_kinds()) numbers.push_back(kind.number);
  return numbers;
}

std::vector<records::KindNumber> voidable_kinds() {
  std::vector<records::KindNumber> numbers;
  for (const records::KindDescription& kind : records::all_kinds()) {
    if (kind.is_evidence || kind.is_place) numbers.push_back(kind.number);
  }
  return numbers;
}

Status standing(Desk&, const RecordView& subject) {
  if (!subject.record.is_voided()) return {};
  return Error(ErrorCode::bad_input, phrase("it is voided: {0}", {subject.record.void_reason()}));
}

Result<Uuid> add_one(Desk& desk, DocumentRecord record) {
  Document document;
  document.records.push_back(std::move(record));
  KX_TRY(recorded, record_document(desk, document));
  return recorded.ids.front();
}

Result<Uuid> set_status(Desk& desk, const Request& request) {
  DocumentRecord status{kinds::restoration_status, {}, request.fields, request.corners, {}, {}};
  status.fields.push_back({records::restoration_status::unit, request.subject.text()});
  if (request.field(records::restoration_status::observed_on).empty()) {
    status.fields.push_back(
        {records::restoration_status::observed_on, format_day(day_of(desk.clock.now_ms(), desk.offset_min))});
  }
  return add_one(desk, std::move(status));
}

Result<Uuid> add_unit(Desk& desk, const Request& request) {
  DocumentRecord unit{kinds::restoration_unit, {}, request.fields, {}, {}, {}};
  unit.fields.push_back({records::restoration_unit::parent, request.subject.text()});
  return add_one(desk, std::move(unit));
}

Result<Uuid> add_place(Desk& desk, const Request& request) {
  const records::KindDescription* kind = records::find_kind(request.field("kind"));
  std::vector<records::KindNumber> allowed;
  for (const records::KindDescription& known : records::all_kinds()) {
    if (known.is_found) allowed.push_back(known.number);
  }
  if (kind == nullptr || std::ranges::find(allowed, kind->number) == allowed.end()) {
    return Error(ErrorCode::bad_input, phrase("a new place is one of: {0}", {kind_labels(allowed)}));
  }
  DocumentRecord place{kind->number, {}, request.fields, {}, {}, {}};
  std::erase_if(place.fields, [](const FieldText& field) { return field.name == "kind"; });
  return add_one(desk, std::move(place));
}

Result<Uuid> set_record(Desk& desk, const Request& request) {
  KX_CHECK(set_fields(desk, request.subject, request.fields));
  return request.subject;
}

Result<Uuid> void_one(Desk& desk, const Request& request) {
  KX_CHECK(void_record(desk, request.subject, request.reason));
  return request.subject;
}

}  // namespace

std::vector<Action> record_actions() {
  const std::vector<records::KindNumber> parents =
      records::kind_of(kinds::restoration_unit).find_field(records::restoration_unit::parent)->targets;
  const auto always = [](Desk&, const RecordView&) { return Status(); };
  return {
      {"place.add", "添加地点", "Add a place", {}, always, add_place},
      {"unit.add", "添加治理单元", "Add a restoration unit", parents, standing, add_unit},
      {"restoration.set_status",
       "记录治理状态",
       "Record a restoration status",
       {kinds::restoration_unit},
       standing,
       set_status},
      {"boundary.add", "录入界线", "Enter a boundary", place_kinds(), standing, add_boundary},
      {"record.set", "修改", "Edit", every_kind(), standing, set_record},
      {"record.void", "作废", "Void", voidable_kinds(), standing, void_one},
  };
}

}  // namespace kuangxun::inspect
