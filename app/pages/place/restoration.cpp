#include <algorithm>

#include "app/inspect/place/restoration.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"

// How far the restoration of a place is, unit by unit. The plan's county figures stand beside it for the reader and are
// never added to it or divided by it: they do not count the same land.
namespace kuangxun::pages {
namespace {

using blocks::Tone;

constexpr int hectares_scale = 4;

std::string title(Context&, const Uuid&) {
  return say_text("Restoration");
}

std::string hectares(std::int64_t area_ha_e4) {
  return say_with("{0} ha", {format_decimal(area_ha_e4, hectares_scale)});
}

std::string hectares_or_none(const std::optional<std::int64_t>& area_ha_e4) {
  return area_ha_e4 ? hectares(*area_ha_e4) : say_text("not recorded");
}

void add_figures(const inspect::RestorationProgress& progress, blocks::Blocks& page) {
  std::string finished = hectares(progress.finished_ha_e4);
  if (progress.finished_without_area > 0) {
    finished +=
        say_with(" (and {0} completed units without an area)", {std::to_string(progress.finished_without_area)});
  }
  page += blocks::Fact{say_text("Completed here"), finished,
                       say_with("against this place's own area, {0}", {hectares_or_none(progress.own_area_ha_e4)})};
  page += blocks::Fact{say_text("The county's target"), hectares_or_none(progress.plan_target_ha_e4),
                       say_text("the plan's area of legacy mine land to be restored; for reading beside, never added "
                                "or divided")};
  page += blocks::Fact{say_text("Not treated, county"), hectares_or_none(progress.plan_untreated_ha_e4),
                       say_text("the plan's area of legacy mine land not treated; for reading beside")};
}

std::string detail_of(const inspect::UnitProgress& unit) {
  std::string detail;
  if (unit.latest) {
    detail = unit.latest->display(records::restoration_status::observed_on);
    for (const auto& field : {records::restoration_status::area_ha, records::restoration_status::area_uncertainty_ha,
                              records::restoration_status::area_method}) {
      if (!unit.latest->has(field)) continue;
      detail += field.name == records::restoration_status::area_uncertainty_ha.name ? " ± " : " · ";
      detail += unit.latest->display(field);
    }
  }
  if (unit.unit.has(records::restoration_unit::planned_area_ha)) {
    detail += (detail.empty() ? "" : " · ") +
              say_with("planned {0}", {unit.unit.display(records::restoration_unit::planned_area_ha)});
  }
  if (unit.is_disputed) detail += say_text(" · in dispute");
  return detail;
}

void add_unit(const inspect::UnitProgress& unit, blocks::Blocks& page) {
  std::string name = unit.unit.name();
  if (is_example(unit.unit)) name += say_text(" (example)");
  page += blocks::Text{std::move(name)};
  blocks::Line line;
  line.blocks += unit.latest ? blocks::Badge{unit.latest->display(records::restoration_status::state), Tone::accent}
                             : blocks::Badge{say_text("no status"), Tone::muted};
  line.blocks += blocks::Text{detail_of(unit), Tone::muted};
  page += std::move(line);
  page += blocks::Divider{};
}

bool can_have_units(const records::Record& place) {
  const auto& parents =
      records::kind_of(records::kinds::restoration_unit).find_field(records::restoration_unit::parent)->targets;
  return std::ranges::find(parents, place.kind().number) != parents.end();
}

class RestorationPage final : public Page {
 public:
  explicit RestorationPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    KX_TRY(view, context_.desk().store.read(place));
    KX_TRY(progress, inspect::restoration_progress(context_.desk().store, view.record));
    blocks::Blocks page;
    add_figures(progress, page);
    blocks::Section units{say_text("Restoration units"), {}};
    if (progress.units.empty()) {
      units.blocks += blocks::Text{say_text("No restoration units yet."), Tone::muted};
    }
    for (const inspect::UnitProgress& unit : progress.units) add_unit(unit, units.blocks);
    if (can_have_units(view.record)) {
      units.blocks += blocks::Button{"place.add_unit", say_text("Add a restoration unit…"), [this, place]() -> Status {
                                       context_.open_dialog("unit", place);
                                       return {};
                                     }};
    }
    page += std::move(units);
    return page;
  }

 private:
  Context& context_;
};

const Registered restoration_page{{"restoration", Where::place, 30, title, make<RestorationPage>}};

}  // namespace
}  // namespace kuangxun::pages
