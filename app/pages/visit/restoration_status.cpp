#include "db/records/handles/restoration_status.h"
#include "app/inspect/place/plan_tasks.h"
#include "app/inspect/visit/actions.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"
#include "db/records/choices/area_method.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_unit.h"

// The restoration status of each unit as this visit found it. Evidence is only ever added: a measured area is a status
// of its own, with what the one before it says, and the earlier ones of the visit stay in sight.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using records::Record;

constexpr std::size_t corners_min = 3;

std::string title(Context&, const Uuid&) {
  return say_text(in_context("pages", "Restoration"));
}

std::string area_note(const Record& status) {
  if (!status.has(records::restoration_status::area_ha) || !status.has(records::restoration_status::area_method))
    return {};
  std::string note = status.display(records::restoration_status::area_method) + " " +
                     status.display(records::restoration_status::area_ha);
  if (status.has(records::restoration_status::area_uncertainty_ha))
    note += " ± " + status.display(records::restoration_status::area_uncertainty_ha);
  return note;
}

class RestorationStatusPage final : public Page {
 public:
  explicit RestorationStatusPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(visit, read_visit(context_.desk().store, id));
    KX_TRY(units, units_of(context_.desk().store, visit));
    blocks::Blocks page;
    if (units.empty()) {
      page += blocks::Text{say_text("This place has no restoration units yet; add them on its page “Restoration”."),
                           Tone::muted};
    }
    for (std::size_t index = 0; index < units.size(); ++index) {
      KX_TRY(unit, unit_section(visit, units[index], "unit." + std::to_string(index) + "."));
      page += std::move(unit);
    }
    return page;
  }

 private:
  Result<blocks::Section> unit_section(const VisitFacts& visit, const Record& unit, const std::string& prefix) {
    blocks::Section section{unit.name() + (is_example(unit) ? say_text(" (example)") : std::string()), {}};
    if (unit.has(records::restoration_unit::planned_area_ha)) {
      section.blocks += blocks::Text{
          say_with(in_context("pages", "planned {0}"), {unit.display(records::restoration_unit::planned_area_ha)}),
          Tone::muted};
    }
    KX_TRY(asked, inspect::asked_of_unit(context_.desk().store, unit, visit.visit()));
    for (const std::string& one : asked) {
      section.blocks += blocks::Text{say_with("Asked by the plan: {0}", {one}), Tone::muted};
    }
    const inspect::Child* latest = latest_status(visit, unit.id());
    add_status(visit, unit, latest, prefix, section.blocks);
    section.blocks += measure_button(visit, unit, latest != nullptr, prefix);
    for (const inspect::Child* child : visit.children(kinds::restoration_status)) {
      if (child->record.reference(records::restoration_status::unit) != unit.id() || child == latest) continue;
      section.blocks += blocks::Text{earlier_text(*child), Tone::muted};
    }
    section.blocks += blocks::Divider{};
    return section;
  }

  void add_status(const VisitFacts& visit, const Record& unit, const inspect::Child* latest, const std::string& prefix,
                  blocks::Blocks& section) {
    const Record* status = latest != nullptr ? &latest->record : nullptr;
    const bool enabled = latest != nullptr ? visit.is_editable(*latest) : !visit.visit().is_voided();
    const Day today = day_of(context_.desk().clock.now_ms(), context_.desk().offset_min);
    const auto address = [&](const std::string& field) {
      if (status != nullptr) return address_of(*status, field);
      return address_in(visit, kinds::restoration_status, field,
                        {{"unit", unit.id().text()}, {"observed_on", format_day(today)}});
    };
    section += field_choice(context_, status, address("state"), prefix + "state", enabled);
    // A measured area is not typed over.
    const bool is_measured = status != nullptr && status->integer(records::restoration_status::area_method) ==
                                                      records::area_method::measured;
    blocks::Columns entries{prefix + "fields", 1, {}};
    for (const std::string field :
         {"area_ha", "soil_thickness_cm", "slope_deg", "vegetation_cover_percent", "remark"}) {
      const bool can_type = enabled && status != nullptr && !(field == "area_ha" && is_measured);
      FieldAddress at = address(field);
      if (field == "area_ha") at.also = {{"area_method", "entered"}};
      blocks::Entry entry = field_entry(context_, status, std::move(at), prefix + field, can_type);
      if (status == nullptr) entry.hint = say_text("status first");
      entry.lines = 1;
      entries.cells += std::move(entry);
    }
    entries.count = static_cast<int>(entries.cells.size());
    section += std::move(entries);
    const std::string note = status != nullptr ? area_note(*status) : std::string();
    if (!note.empty()) section += blocks::Text{note, Tone::accent};
  }

  blocks::Button measure_button(const VisitFacts& visit, const Record& unit, bool has_status,
                                const std::string& prefix) {
    const std::size_t corners = corners_of(visit, unit.id()).size();
    blocks::Button measure;
    measure.name = prefix + "measure";
    measure.label = say_with("Measure the area by {0} corners of this visit", {std::to_string(corners)});
    measure.press = [this, visit = visit.visit().id(), unit = unit.id()] { return take_measurement(visit, unit); };
    measure.enabled = has_status && corners >= corners_min && !visit.visit().is_voided();
    if (!has_status) {
      measure.hint = say_text("choose the status first");
    } else if (corners < corners_min) {
      measure.hint = say_text("take at least 3 points as corners of this unit on the page of positions");
    }
    return measure;
  }

  std::string earlier_text(const inspect::Child& child) {
    const std::string area = area_note(child.record);
    const std::string standing = standing_of(context_, child);
    return say_text("earlier in this visit: ") + child.record.display(records::restoration_status::state) +
           (area.empty() ? "" : " · " + area) + (standing.empty() ? "" : " · " + standing);
  }

  Status take_measurement(const Uuid& visit_id, const Uuid& unit) {
    KX_TRY(visit, read_visit(context_.desk().store, visit_id));
    const inspect::Child* latest = latest_status(visit, unit);
    if (latest == nullptr) {
      return Error(ErrorCode::bad_input, phrase("choose the restoration status first"));
    }
    inspect::Request request{unit, {{"visit", visit_id.text()}}, {}, {}, {}};
    for (const std::string_view name :
         {"observed_on", "state", "soil_thickness_cm", "slope_deg", "vegetation_cover_percent", "remark"}) {
      const records::FieldDescription& field = *latest->record.kind().find_field(name);
      const std::string text = records::format_value(field, latest->record.value(field));
      if (!text.empty()) request.fields.push_back({std::string(name), text});
    }
    for (const Record* corner : corners_of(visit, unit)) request.corners.push_back(corner->id().text());
    KX_TRY(status, inspect::run_action(context_.desk(), "restoration.set_status", request));
    KX_TRY(view, context_.desk().store.read(status));
    context_.say({say_with("measured area {0}", {view.record.display(records::common::area_ha)}), Tone::good});
    return {};
  }

  Context& context_;
};

const Registered restoration_status_page{{"restoration", Where::visit, 50, title, make<RestorationStatusPage>}};

}  // namespace
}  // namespace kuangxun::pages
