#include <algorithm>

#include "app/screens/stake_out.h"
#include "app/screens/visit_making.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

// Corner markers of the visited place: the way to a corner, and what is seen there.
namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using licence::Corner;

// A list of more is no list any more: those around the receiver are offered.
constexpr std::size_t corners_offered_max = 40;

std::string key_of(const Corner& corner) {
  return corner.boundary.text() + " " + std::to_string(corner.number);
}

std::vector<const Corner*> offered(const std::vector<Corner>& corners, const Corner* nearest,
                                   const std::string& chosen) {
  std::vector<const Corner*> kept;
  if (corners.size() <= corners_offered_max) {
    for (const Corner& corner : corners) kept.push_back(&corner);
    return kept;
  }
  // Corners follow one another along the line: those before and after the nearest are around it.
  const std::size_t middle = nearest == nullptr ? 0 : static_cast<std::size_t>(nearest - corners.data());
  const std::size_t first = middle < corners_offered_max / 2 ? 0 : middle - corners_offered_max / 2;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const bool is_around = first <= i && i < first + corners_offered_max;
    if (is_around || key_of(corners[i]) == chosen) kept.push_back(&corners[i]);
  }
  return kept;
}

std::string seen_before(const Making& making, const std::vector<Corner>& corners, const Corner& corner,
                        const VisitFacts& visit) {
  const auto markers = licence::markers_of_place(making.store(), visit.place.id());
  if (!markers.ok()) return markers.error().message();
  const licence::SeenMarker* seen = licence::newest_of(*markers, corner);
  if (seen == nullptr) return say_text("nothing recorded");
  const auto text = licence::marker_text(making.store(), corners, seen->marker);
  return format_minute(seen->visited_ms, making.world.desk.offset_min) + "　" +
         (text.ok() ? *text : text.error().message());
}

void add_buttons(const Making& making, const VisitFacts& visit, const Corner* aim, MarkersView& view) {
  const bool is_measured = evidence_fix(making) != nullptr;
  for (const records::EnumerationOption& state : records::marker_state_enumeration.options) {
    const std::string code(state.code);
    Button button{"marker." + code,
                  either_text(state.chinese, state.english),
                  {Command::record_marker, visit.visit().id(), code}};
    button.tone = code == "intact" ? Tone::good : code == "damaged" ? Tone::unsure : Tone::bad;
    button.enabled = aim != nullptr && !visit.visit().is_voided();
    // What was seen on the screen is what is recorded, wherever the nearest corner is by then.
    if (aim != nullptr) button.press.detail += " " + key_of(*aim) + (is_measured ? " measured" : " unmeasured");
    view.buttons.push_back(std::move(button));
  }
  view.hint = aim == nullptr ? say_text("choose a corner, or start the receiver")
              : is_measured
                  ? say_with("records the marker of {0} with the position of now", {aim->name})
                  : say_with("records the marker of {0}; without a position, none of now is evidence", {aim->name});
}

}  // namespace

void add_markers(const Making& making, const VisitFacts& visit, VisitView& view) {
  const auto corners = licence::corners_of_place(making.store(), visit.place.id());
  const std::vector<const inspect::Child*> recorded = visit.children(kinds::corner_marker);
  if (!corners.ok() || (corners->empty() && recorded.empty())) return;
  MarkersView markers;
  const gps::Fix* fix = walking_fix(making);
  const Corner* nearest = nearest_corner(*corners, fix);
  std::vector<Option> options = {
      {"nearest", "", nearest != nullptr ? say_with("the nearest ({0})", {nearest->name}) : say_text("the nearest")}};
  const std::string& chosen = making.slots[Slot::marker_corner];
  for (const Corner* corner : offered(*corners, nearest, chosen)) {
    options.push_back({std::to_string(corner - corners->data() + 1), key_of(*corner), corner->name});
  }
  markers.corner =
      slot_choice(making, Slot::marker_corner, "marker.corner", say_text("Which corner"), std::move(options));
  const auto found = std::ranges::find(*corners, chosen_text(markers.corner), key_of);
  const Corner* aim = found != corners->end() ? &*found : nearest;
  if (aim != nullptr && fix != nullptr) markers.facts = stake_out_facts(*fix, *aim);
  if (aim != nullptr) {
    markers.facts.push_back({say_text("Marker before"), seen_before(making, *corners, *aim, visit)});
  }
  markers.note = slot_text(making, Slot::marker_note, "marker.note", say_text("Remark"), say_text("may stay empty"));
  add_buttons(making, visit, aim, markers);
  for (const inspect::Child* child : recorded) {
    const auto text = licence::marker_text(making.store(), *corners, child->record);
    MarkerView one;
    one.text = text.ok() ? *text : text.error().message();
    if (is_example(child->record)) one.text += say_text(" (example)");
    one.standing = standing_of(making, *child);
    one.void_it = void_button(child->record, "visit.marker." + std::to_string(markers.recorded.size()) + ".void");
    markers.recorded.push_back(std::move(one));
  }
  view.markers = std::move(markers);
}

}  // namespace kuangxun::screens
