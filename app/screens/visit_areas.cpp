#include <cmath>

#include "app/licence/walked_areas.h"
#include "app/screens/visit_making.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/choices/area_kind.h"
#include "db/records/enumerations.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

// Areas that are walked round, or made of points: while walking, and when they are there.
namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

std::string hectares(double area_m2) {
  return format_decimal_padded(std::llround(area_m2), 4);
}

std::string metres(double value_m) {
  return std::to_string(std::llround(value_m)) + " m";
}

void add_live(const inspect::LiveWalk& live, std::size_t points, AreaRecorderView& view) {
  view.facts.push_back(
      {say_text("Walked"), metres(live.length_m), say_with("{0} from the start", {metres(live.closing_m)})});
  Fact area{say_text("Area if closed now"), say_text("none yet"),
            say_text("too few points, or the line crosses itself")};
  if (live.area_m2) {
    area.value = hectares(*live.area_m2);
    if (live.error_m2) area.value += " ± " + hectares(std::ceil(*live.error_m2));
    area.value += say_text(" ha");
    area.note = say_text("1 sigma");
  }
  view.facts.push_back(std::move(area));
  if (points > 0) view.facts.push_back({say_text("Points taken meanwhile"), std::to_string(points)});
}

Button press_button(std::string name, std::string label, Command command, const Uuid& visit) {
  return {std::move(name), std::move(label), {command, visit, {}}};
}

void add_recorder(const Making& making, const VisitFacts& visit, AreaRecorderView& view) {
  const Uuid id = visit.visit().id();
  view.kind = slot_choice(making, Slot::area_kind, "area.kind", say_text("Kind of area"),
                          options_of(records::area_kind_enumeration));
  view.label = slot_text(making, Slot::area_label, "area.label", say_text("Label"), say_text("may stay empty"));
  const auto& walk = making.receiver.walk;
  if (!walk) {
    Button start = press_button("area.start", say_text("Start walking round"), Command::start_walk, id);
    start.enabled = making.receiver.receiver != nullptr && !visit.visit().is_voided();
    start.hint = start.enabled ? say_text("walk round and come back to the start, or take points at the corners")
                               : say_text("start the receiver first");
    view.buttons.push_back(std::move(start));
    return;
  }
  add_live(walk->live, walk->points_taken.size(), view);
  Button finish = press_button("area.finish", say_text("Done: make the area"), Command::finish_walk, id);
  finish.tone = Tone::accent;
  finish.enabled = walk->live.area_m2.has_value();
  view.buttons.push_back(std::move(finish));
  Button of_points = press_button(
      "area.points", say_with("Make it of the {0} points taken", {std::to_string(walk->points_taken.size())}),
      Command::finish_points, id);
  constexpr std::size_t corners_min = 3;
  of_points.enabled = walk->points_taken.size() >= corners_min;
  of_points.hint = say_text("3 or more, in the order they were taken");
  view.buttons.push_back(std::move(of_points));
  view.buttons.push_back(press_button("area.drop", say_text("Leave it"), Command::drop_walk, id));
}

Badge badge_of(bool is_extraction, geo::Standing standing) {
  switch (standing) {
    case geo::Standing::inside:
      return {say_text("inside"), Tone::good};
    case geo::Standing::outside:
      return is_extraction ? Badge{say_text("suspected beyond the boundary"), Tone::bad}
                           : Badge{say_text("check land-use papers"), Tone::unsure};
    case geo::Standing::cannot_tell:
      break;
  }
  return {say_text("cannot be determined"), Tone::unsure};
}

AreaView area_view(const Making& making, const VisitFacts& visit, const inspect::Child& child, std::size_t index) {
  const records::Record& area = child.record;
  AreaView view;
  view.title = area.display(records::walked_area::area_kind);
  if (area.has(records::walked_area::label)) view.title += " · " + area.text(records::walked_area::label);
  if (is_example(area)) view.title += say_text(" (example)");
  view.figures = format_decimal_padded(area.integer(records::walked_area::area_ha), 4);
  if (area.has(records::walked_area::area_uncertainty_ha))
    view.figures += " ± " + format_decimal_padded(area.integer(records::walked_area::area_uncertainty_ha), 4);
  view.figures += say_with(" ha, {0} m round", {format_decimal(area.integer(records::walked_area::perimeter_m), 2)});
  view.figures += area.has(records::walked_area::track) ? say_text(", of a track") : say_text(", of points");
  const auto standing = licence::area_standing(making.store(), area, visit.place.id());
  if (!standing.ok()) {
    view.verdict = badge_of(false, geo::Standing::cannot_tell);
    view.words = standing.error().message();
  } else if (*standing) {
    const bool is_extraction = area.integer(records::walked_area::area_kind) == records::area_kind::extraction_area;
    view.verdict = badge_of(is_extraction, (*standing)->overlap.standing);
    view.words = (*standing)->words;
  } else {
    view.verdict = badge_of(false, geo::Standing::cannot_tell);
    view.words = say_text("this place has no boundary yet");
  }
  view.standing = standing_of(making, child);
  view.void_it = void_button(area, "visit.area." + std::to_string(index) + ".void");
  return view;
}

}  // namespace

void add_areas(const Making& making, const VisitFacts& visit, VisitView& view) {
  add_recorder(making, visit, view.area_recorder);
  for (const inspect::Child* child : visit.children(kinds::walked_area)) {
    view.areas.push_back(area_view(making, visit, *child, view.areas.size()));
  }
}

}  // namespace kuangxun::screens
