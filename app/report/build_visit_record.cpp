#include "app/report/build_visit_record.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/inspect/edit/evidence.h"
#include "app/inspect/place/outside_plan.h"
#include "app/inspect/place/plan_tasks.h"
#include "app/report/build_corner_markers.h"
#include "app/report/build_walked_areas.h"
#include "app/report/words.h"
#include "db/language/language.h"
#include "db/records/asked_fields.h"
#include "db/records/choices/area_method.h"
#include "db/records/choices/party_role.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/common.h"
#include "db/records/handles/finding.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"
#include "db/records/unit_text.h"

namespace kuangxun::report {
namespace {

namespace kinds = records::kinds;

// What the paper has a place of its own for.
constexpr records::FieldHandle placed_fields[] = {
    records::visit::visit_kind, records::visit::purpose,    records::visit::started_at,
    records::visit::ended_at,   records::visit::state,      records::visit::summary,
    records::visit::statement,  records::visit::is_refused, records::visit::refusal_reason};

std::string short_id(const Uuid& id) {
  return id.text().substr(0, 8);
}

// Collects one visit's paper; lives for one call. It reads heads and not the tables, which show one value of a dispute
// only, and keeps voided and late records: the paper must say what there is.
class Builder {
 public:
  Builder(const VisitSources& sources, const Uuid& visit) : sources_(sources), visit_(visit) {
    name_ = sources.person_name ? sources.person_name : PersonName(short_id);
  }
  Result<VisitRecord> build();

 private:
  Status read_visit();
  Status read_place(const history::RecordView& visit);
  Status read_parties();
  Status read_photos();
  Status read_points();
  Status read_areas();
  Status read_markers();
  Status read_answers();
  Status read_findings();
  Status read_restorations();

  Result<std::vector<history::RecordView>> children(records::KindNumber kind);
  Result<Standing> standing_of(const history::RecordView& view);
  TextEntry text(const history::RecordView& view, const records::FieldHandle& field) const {
    return text_entry(view, field, name_);
  }
  using Choices = std::vector<std::pair<std::string, std::string>>;
  TextEntry answer_of(const history::RecordView& view, const Choices& choices) const;
  void add_answer(const history::RecordView& view, const Choices& choices, ChecklistItem& item) const;
  // "照片 3、4": the photos that a record names or that are of it.
  std::string photos_of(const Uuid& named, const Uuid& subject) const;

  const VisitSources& sources_;
  Uuid visit_;
  PersonName name_;
  VisitRecord record_;
  // Printed number and subject of each photo.
  std::vector<std::pair<Uuid, Uuid>> photo_subjects_;
};

Result<std::vector<history::RecordView>> Builder::children(records::KindNumber kind) {
  KX_TRY(found, sources_.store.list_where(kind, "visit", visit_));
  std::vector<history::RecordView> views;
  for (const records::Record& child : found) {
    KX_TRY(view, sources_.store.read(child.id()));
    record_.is_example = record_.is_example || child.integer(records::common::is_example) != 0;
    views.push_back(std::move(view));
  }
  return views;
}

Result<Standing> Builder::standing_of(const history::RecordView& view) {
  Standing standing{.is_voided = view.record.is_voided(), .void_reason = view.record.void_reason()};
  standing.is_void_disputed =
      std::find(view.disputed.begin(), view.disputed.end(), records::existence_group) != view.disputed.end();
  KX_TRY(is_late, inspect::is_added_after_signing(sources_.store, view));
  standing.is_after_signing = is_late;
  return standing;
}

Status Builder::read_visit() {
  KX_TRY(view, sources_.store.read(visit_));
  if (view.record.kind().number != kinds::visit) {
    return Error(ErrorCode::bad_input, phrase("record {0} is no visit", {visit_.text()}));
  }
  record_.id = visit_;
  record_.is_example = view.record.integer(records::visit::is_example) != 0;
  record_.visit_kind = text(view, records::visit::visit_kind);
  record_.purpose = text(view, records::visit::purpose);
  for (const records::FieldDescription* field : records::asked_beside(view.record.kind(), placed_fields)) {
    record_.more.push_back({records::label_with_unit(*field), text(view, {.name = field->name})});
  }
  record_.started_at = instant_entry(view, records::visit::started_at, name_);
  record_.ended_at = instant_entry(view, records::visit::ended_at, name_);
  record_.state = text(view, records::visit::state);
  record_.summary = text(view, records::visit::summary);
  record_.statement = text(view, records::visit::statement);
  KX_TRY(standing, standing_of(view));
  record_.standing = std::move(standing);
  const auto is_refused = [](const HeadFields& head) {
    return std::optional(head.integer(records::visit::is_refused) != 0);
  };
  const Entry<bool> refused = group_entry<bool>(view, records::visit::is_refused, name_, is_refused, std::equal_to<>());
  const bool anybody_says_so =
      std::any_of(refused.heads.begin(), refused.heads.end(), [](const auto& head) { return head.value; });
  if (anybody_says_so) {
    record_.refusal = Refusal{group_entry<std::string>(
        view, records::visit::is_refused, name_,
        [](const HeadFields& head) {
          return std::optional(head.integer(records::visit::is_refused) != 0
                                   ? head.display(records::visit::refusal_reason)
                                   : say_text("did not refuse"));
        },
        std::equal_to<>())};
  }
  return read_place(view);
}

Status Builder::read_place(const history::RecordView& visit) {
  const auto heads = visit.heads.find(visit.record.kind().find_field(records::visit::place)->group);
  if (heads == visit.heads.end()) return {};
  KX_TRY(outside_plan, inspect::OutsidePlan::read(sources_.store));
  for (const history::Head& head : heads->second) {
    const auto* id = std::get_if<Uuid>(&HeadFields(visit.record.kind(), head).value(records::visit::place));
    if (id == nullptr) continue;
    KX_TRY(place, sources_.store.read(*id));
    record_.place_kind = std::string(place.record.kind().label());
    if (outside_plan.contains(sources_.store, place.record)) record_.place_note = inspect::outside_plan_text();
    const TextEntry names = text(place, records::FieldHandle{.name = place.record.kind().name_field});
    // Two heads with two places are one dispute of names; so is one place whose name is disputed.
    for (TextEntry::Head name : names.heads) {
      if (heads->second.size() > 1) name.by = name_(head.person);
      record_.place_name.heads.push_back(std::move(name));
    }
  }
  return {};
}

Status Builder::read_parties() {
  KX_TRY(parties, children(kinds::visit_party));
  for (const history::RecordView& view : parties) {
    KX_TRY(standing, standing_of(view));
    std::optional<Signing> signing;
    if (view.record.has(records::visit_party::signed_at))
      signing = Signing{{view.record.integer(records::visit_party::signed_at), beijing_offset_min}, {}};
    const std::int64_t role = view.record.integer(records::visit_party::role);
    if (role == records::party_role::officer) {
      record_.officers.push_back({text(view, records::visit_party::name),
                                  text(view, records::visit_party::certificate_number),
                                  text(view, records::visit_party::organisation), signing, std::move(standing)});
      continue;
    }
    auto& people = role == records::party_role::witness ? record_.witnesses : record_.people_present;
    people.push_back({text(view, records::visit_party::name), text(view, records::visit_party::post),
                      text(view, records::visit_party::organisation), text(view, records::visit_party::telephone),
                      signing, std::move(standing)});
  }
  return {};
}

Status Builder::read_photos() {
  KX_TRY(photos, children(kinds::photo));
  std::stable_sort(photos.begin(), photos.end(), [](const auto& left, const auto& right) {
    return left.record.integer(records::photo::taken_at) < right.record.integer(records::photo::taken_at);
  });
  for (const history::RecordView& view : photos) {
    PhotoRow row;
    row.number = std::to_string(record_.photos.size() + 1);
    row.file_name = view.record.text(records::photo::file_name);
    row.taken_at = instant_entry(view, records::photo::taken_at, name_);
    row.taken_by = text(view, records::photo::taken_by);
    row.proves = text(view, records::photo::proves);
    row.original_carrier = text(view, records::photo::original_carrier);
    const auto* hash = std::get_if<Bytes>(&view.record.value(records::photo::file_hash));
    if (hash != nullptr && hash->size() == row.sha256.bytes.size()) row.sha256 = hash_from_bytes(*hash);
    if (sources_.thumbnail) row.thumbnail = sources_.thumbnail(row.sha256);
    KX_TRY(standing, standing_of(view));
    row.standing = std::move(standing);
    photo_subjects_.emplace_back(view.record.id(), view.record.reference(records::photo::subject));
    record_.photos.push_back(std::move(row));
  }
  return {};
}

std::string Builder::photos_of(const Uuid& named, const Uuid& subject) const {
  std::string numbers;
  for (std::size_t i = 0; i < photo_subjects_.size(); ++i) {
    const auto& [photo, of] = photo_subjects_[i];
    const bool fits = (!named.is_nil() && photo == named) || (!of.is_nil() && of == subject);
    if (fits) numbers += std::string(numbers.empty() ? "" : say(", ")) + record_.photos[i].number;
  }
  return numbers.empty() ? numbers : say_with("photo {0}", {numbers});
}

std::optional<PositionReading> read_position(const HeadFields& head) {
  if (!head.has(records::gps_point::latitude_deg) || !head.has(records::gps_point::longitude_deg)) return std::nullopt;
  PositionReading reading;
  reading.position = {head.integer(records::gps_point::latitude_deg), head.integer(records::gps_point::longitude_deg)};
  const std::string geoid = head.display(records::gps_point::geoid);
  const std::string ellipsoidal = say_text("ellipsoidal");
  if (head.has(records::gps_point::orthometric_height_m)) {
    reading.height_m = head.decimal(records::gps_point::orthometric_height_m);
    reading.height_datum = say_text("orthometric") + (geoid.empty() ? "" : " " + geoid);
    if (head.has(records::gps_point::ellipsoidal_height_m)) {
      reading.height_datum += "\n" + head.display(records::gps_point::ellipsoidal_height_m) + " m\n" + ellipsoidal;
    }
  } else {
    reading.height_m = head.decimal(records::gps_point::ellipsoidal_height_m);
    reading.height_datum = ellipsoidal;
  }
  reading.accuracy_m = head.decimal(records::gps_point::accuracy_m);
  reading.accuracy_basis = head.display(records::gps_point::accuracy_basis);
  if (head.has(records::gps_point::satellites))
    reading.satellites = static_cast<int>(head.integer(records::gps_point::satellites));
  reading.measured_at = head.instant(records::gps_point::measured_at);
  reading.coordinate_system = head.display(records::gps_point::datum);
  reading.source = head.display(records::gps_point::source);
  if (head.has(records::gps_point::averaged_fixes)) {
    reading.source += say_with("\nmean of {0}", {head.display(records::gps_point::averaged_fixes)});
  }
  return reading;
}

Status Builder::read_points() {
  KX_TRY(points, children(kinds::gps_point));
  for (const history::RecordView& view : points) {
    PositionRow row;
    row.label = text(view, records::gps_point::label);
    row.purpose = text(view, records::gps_point::purpose);
    // Heads of one group differ in something, so each is a reading of its own.
    row.reading = group_entry<PositionReading>(view, records::gps_point::latitude_deg, name_, read_position,
                                               [](const auto&, const auto&) { return false; });
    KX_TRY(standing, standing_of(view));
    row.standing = std::move(standing);
    record_.positions.push_back(std::move(row));
  }
  return {};
}

Status Builder::read_areas() {
  KX_TRY(visit, sources_.store.read(visit_));
  KX_TRY(areas, children(kinds::walked_area));
  for (const history::RecordView& view : areas) {
    KX_TRY(row, walked_area_row(sources_.store, view, visit.record.reference(records::visit::place), name_));
    KX_TRY(standing, standing_of(view));
    row.standing = std::move(standing);
    record_.areas.push_back(std::move(row));
  }
  return {};
}

Status Builder::read_markers() {
  KX_TRY(visit, sources_.store.read(visit_));
  const auto corners = licence::corners_of_place(sources_.store, visit.record.reference(records::visit::place));
  if (!corners.ok() && corners.error().code() != ErrorCode::bad_input) return corners.error();
  const std::vector<licence::Corner> none;
  KX_TRY(markers, children(kinds::corner_marker));
  for (const history::RecordView& view : markers) {
    KX_TRY(row, corner_marker_row(sources_.store, view, corners.ok() ? *corners : none, name_));
    row.evidence = photos_of(view.record.reference(records::common::photo), view.record.id());
    KX_TRY(standing, standing_of(view));
    row.standing = std::move(standing);
    record_.markers.push_back(std::move(row));
  }
  return {};
}

// A yes or no; else the figure with the unit it was written in; else the words of the choice.
TextEntry Builder::answer_of(const history::RecordView& view, const Choices& choices) const {
  TextEntry answer = text(view, records::checklist_answer::answer);
  if (!is_blank(answer)) return answer;
  const auto same = [](const std::string& a, const std::string& b) { return a == b; };
  answer = group_entry<std::string>(
      view, records::checklist_answer::measured, name_,
      [](const HeadFields& head) -> std::optional<std::string> {
        if (!head.has(records::checklist_answer::measured)) return std::nullopt;
        return decimal_text(*head.decimal(records::checklist_answer::measured)) + " " +
               head.display(records::checklist_answer::measured_unit);
      },
      same);
  if (!is_blank(answer)) return answer;
  answer = text(view, records::checklist_answer::choice);
  for (auto& head : answer.heads) {
    for (const auto& [code, words] : choices) {
      if (head.value == code) head.value = words;
    }
  }
  return answer;
}

void Builder::add_answer(const history::RecordView& view, const Choices& choices, ChecklistItem& item) const {
  item.licence_says = text(view, records::checklist_answer::licence_says);
  item.published = text(view, records::checklist_answer::published);
  item.seen_on_site = text(view, records::checklist_answer::seen_on_site);
  item.answer = answer_of(view, choices);
  item.remark = text(view, records::common::remark);
  item.evidence = photos_of(view.record.reference(records::common::photo), view.record.id());
}

// Whether an item without an answer is a gap of the visit: not when it is retired, nor when the retired item that it
// took the place of has an answer that stands.
static bool is_asked(const ChecklistWords& words, const ChecklistWords::Item& item,
                     const std::vector<const history::RecordView*>& answers) {
  if (!item.replaced_by.empty()) return false;
  return std::ranges::none_of(words.items, [&](const ChecklistWords::Item& old) {
    if (std::ranges::find(old.replaced_by, item.code) == old.replaced_by.end()) return false;
    return std::ranges::any_of(answers, [&](const history::RecordView* view) {
      return !view->record.is_voided() && view->record.text(records::checklist_answer::item) == old.code;
    });
  });
}

Status Builder::read_answers() {
  KX_TRY(answers, children(kinds::checklist_answer));
  std::map<std::string, std::vector<const history::RecordView*>> by_checklist;
  for (const history::RecordView& view : answers)
    by_checklist[view.record.text(records::checklist_answer::checklist)].push_back(&view);
  for (const auto& [code, views] : by_checklist) {
    const auto known = std::find_if(sources_.checklists.begin(), sources_.checklists.end(),
                                    [&](const ChecklistWords& words) { return words.code == code; });
    const ChecklistWords words = known != sources_.checklists.end()
                                     ? *known
                                     : ChecklistWords{.code = code, .title = code, .version = {}, .items = {}};
    Checklist checklist{.title = words.title, .version = words.version, .shape = words.shape, .items = {}};
    const auto add = [&](const std::string& number, const std::string& question, const Choices& choices,
                         const history::RecordView* view) -> Status {
      ChecklistItem item{.number = number, .question = question};
      if (view != nullptr) {
        add_answer(*view, choices, item);
        KX_TRY(standing, standing_of(*view));
        item.standing = std::move(standing);
      }
      checklist.items.push_back(std::move(item));
      return {};
    };
    std::vector<const history::RecordView*> left = views;
    for (const ChecklistWords::Item& item : words.items) {
      bool is_answered = false;
      for (const history::RecordView*& view : left) {
        if (view == nullptr || view->record.text(records::checklist_answer::item) != item.code) continue;
        KX_CHECK(add(item.number, item.question, item.choices, std::exchange(view, nullptr)));
        is_answered = true;
      }
      if (!is_answered && is_asked(words, item, views)) {
        KX_CHECK(add(item.number, item.question, item.choices, nullptr));
      }
    }
    for (const history::RecordView* view : left) {
      if (view != nullptr) KX_CHECK(add("", view->record.text(records::checklist_answer::item), {}, view));
    }
    record_.checklists.push_back(std::move(checklist));
  }
  return {};
}

Status Builder::read_findings() {
  KX_TRY(findings, children(kinds::finding));
  for (const history::RecordView& view : findings) {
    FindingRow row;
    row.text = text(view, records::finding::text);
    row.rule = text(view, records::finding::rule);
    row.clause = text(view, records::finding::clause);
    row.evidence = photos_of(view.record.reference(records::common::photo), view.record.id());
    KX_TRY(standing, standing_of(view));
    row.standing = std::move(standing);
    record_.findings.push_back(std::move(row));
  }
  return {};
}

std::optional<RestorationArea> read_area(const HeadFields& head) {
  const auto area_ha = head.decimal(records::restoration_status::area_ha);
  if (!area_ha) return std::nullopt;
  const bool is_measured = head.integer(records::restoration_status::area_method) == records::area_method::measured;
  return RestorationArea{*area_ha, is_measured ? AreaMethod::measured : AreaMethod::entered,
                         head.decimal(records::restoration_status::area_uncertainty_ha)};
}

Status Builder::read_restorations() {
  KX_TRY(statuses, children(kinds::restoration_status));
  KX_TRY(visit, sources_.store.read(visit_));
  for (const history::RecordView& view : statuses) {
    RestorationRow row;
    const Uuid unit_id = view.record.reference(records::restoration_status::unit);
    if (!unit_id.is_nil()) {
      KX_TRY(unit, sources_.store.read(unit_id));
      row.unit = unit.record.name();
      KX_TRY(asked, inspect::asked_of_unit(sources_.store, unit.record, visit.record));
      row.asked = std::move(asked);
      const Uuid parent_id = unit.record.reference(records::restoration_unit::parent);
      if (!parent_id.is_nil()) {
        KX_TRY(parent, sources_.store.read(parent_id));
        row.project = parent.record.name();
      }
    }
    row.state = text(view, records::restoration_status::state);
    row.area = group_entry<RestorationArea>(view, records::restoration_status::area_ha, name_, read_area,
                                            [](const auto&, const auto&) { return false; });
    row.soil_thickness_cm = decimal_entry(view, records::restoration_status::soil_thickness_cm, name_);
    row.slope_deg = decimal_entry(view, records::restoration_status::slope_deg, name_);
    row.cover_percent = decimal_entry(view, records::restoration_status::vegetation_cover_percent, name_);
    row.observed_on = group_entry<Day>(
        view, records::restoration_status::observed_on, name_,
        [](const HeadFields& head) {
          return head.has(records::restoration_status::observed_on)
                     ? std::optional(static_cast<Day>(head.integer(records::restoration_status::observed_on)))
                     : std::nullopt;
        },
        std::equal_to<>());
    const std::string of_status = photos_of(Uuid{}, view.record.id());
    row.evidence = of_status.empty() ? photos_of(Uuid{}, unit_id) : of_status;
    row.remark = text(view, records::restoration_status::remark);
    KX_TRY(standing, standing_of(view));
    row.standing = std::move(standing);
    record_.restorations.push_back(std::move(row));
  }
  return {};
}

Result<VisitRecord> Builder::build() {
  KX_CHECK(read_visit());
  KX_CHECK(read_parties());
  // Before what names photos by their numbers.
  KX_CHECK(read_photos());
  KX_CHECK(read_points());
  KX_CHECK(read_areas());
  KX_CHECK(read_markers());
  KX_CHECK(read_answers());
  KX_CHECK(read_findings());
  KX_CHECK(read_restorations());
  record_.verdicts = sources_.verdicts;
  record_.reports = sources_.reports;
  record_.catalogue = sources_.catalogue;
  record_.judged_on = sources_.judged_on;
  return std::move(record_);
}

}  // namespace

Result<VisitRecord> build_visit_record(const VisitSources& sources, const Uuid& visit) {
  return Builder(sources, visit).build();
}

}  // namespace kuangxun::report
