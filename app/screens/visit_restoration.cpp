#include "app/inspect/plan_tasks.h"
#include "app/screens/visit_making.h"
#include "db/base/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using records::Record;

std::string area_note(const Record& status) {
  if (!status.has(records::restoration_status::area_ha) || !status.has(records::restoration_status::area_method))
    return {};
  std::string note = status.display(records::restoration_status::area_method) + " " +
                     status.display(records::restoration_status::area_ha);
  if (status.has(records::restoration_status::area_uncertainty_ha))
    note += " ± " + status.display(records::restoration_status::area_uncertainty_ha);
  return note;
}

void add_measuring(const VisitFacts& visit, const Record& unit, const Record* status, const std::string& prefix,
                   UnitStatusView& view) {
  const std::size_t corners = corners_of(visit, unit.id()).size();
  view.measure = {
      prefix + "measure",
      say_with("用本次 {0} 个拐点实测面积", "Measure the area by {0} corners of this visit", {std::to_string(corners)}),
      {Command::measure_unit, unit.id(), visit.visit().id().text()}};
  view.measure.enabled = status != nullptr && corners >= 3 && !visit.visit().is_voided();
  if (status == nullptr) {
    view.measure.hint = say_text("先选择治理状态", "choose the status first");
  } else if (corners < 3) {
    view.measure.hint = say_text("在“定位”页以“治理单元拐点”取至少 3 个点",
                                 "take at least 3 points as corners of this unit on the page of positions");
  }
}

UnitStatusView unit_view(const Making& making, const VisitFacts& visit, const Record& unit,
                         const std::vector<std::string>& asked, std::size_t index) {
  const std::string prefix = "unit." + std::to_string(index) + ".";
  UnitStatusView view;
  view.title = unit.name() + (is_example(unit) ? say_text("（示例）", " (example)") : std::string());
  if (unit.has(records::restoration_unit::planned_area_ha)) {
    view.planned = say_with("计划治理 {0}", "planned {0}", {unit.display(records::restoration_unit::planned_area_ha)});
  }
  view.asked = asked;
  const inspect::Child* latest = latest_status(visit, unit.id());
  const Record* status = latest != nullptr ? &latest->record : nullptr;
  const bool enabled = latest != nullptr ? visit.is_editable(*latest) : !visit.visit().is_voided();
  const auto address = [&](const std::string& field) {
    if (status != nullptr) return address_of(*status, field);
    return address_in(visit, kinds::restoration_status, field,
                      {{"unit", unit.id().text()}, {"observed_on", format_day(making.today())}});
  };
  view.state = choice_entry(making, status, address("state"), prefix + "state", enabled);
  const bool is_measured =
      status != nullptr && status->integer(records::restoration_status::area_method) == records::area_method::measured;
  for (const std::string field : {"area_ha", "soil_thickness_cm", "slope_deg", "vegetation_cover_percent", "remark"}) {
    const bool can_type = enabled && status != nullptr && !(field == "area_ha" && is_measured);
    FieldAddress at = address(field);
    if (field == "area_ha") at.also = {{"area_method", "entered"}};
    TextEntry entry = text_entry(making, status, std::move(at), prefix + field, can_type);
    if (status == nullptr) entry.hint = say_text("先选状态", "status first");
    entry.lines = 1;
    view.entries.push_back(std::move(entry));
  }
  if (status != nullptr) view.area_note = area_note(*status);
  add_measuring(visit, unit, status, prefix, view);
  for (const inspect::Child* child : visit.children(kinds::restoration_status)) {
    const bool is_earlier = child->record.reference(records::restoration_status::unit) == unit.id() && child != latest;
    if (!is_earlier) continue;
    const std::string area = area_note(child->record);
    const std::string words =
        child->record.display(records::restoration_status::state) + (area.empty() ? "" : " · " + area);
    const std::string standing = standing_of(making, *child);
    view.earlier.push_back(say_text("本次较早的记录：", "earlier in this visit: ") + words +
                           (standing.empty() ? "" : " · " + standing));
  }
  return view;
}

}  // namespace

Status add_unit_statuses(const Making& making, const VisitFacts& visit, VisitView& view) {
  KX_TRY(units, units_of(making, visit));
  for (const Record& unit : units) {
    std::vector<std::string> asked;
    // Read only for the tab that is looked at: a receiver makes the views anew twice a second.
    if (making.slots[Slot::visit_tab] == "restoration") {
      KX_TRY(read, inspect::asked_of_unit(making.store(), unit, visit.visit()));
      asked = std::move(read);
    }
    view.units.push_back(unit_view(making, visit, unit, asked, view.units.size()));
  }
  if (units.empty()) {
    view.no_units = say_text("此处还没有治理单元；在地点的“恢复治理”页添加。",
                             "This place has no restoration units yet; add them on its page “Restoration”.");
  }
  return {};
}

}  // namespace kuangxun::screens
