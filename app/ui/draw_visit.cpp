#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/language/language.h"

namespace kuangxun::ui {
namespace {

constexpr float kind_width = 420;
constexpr float path_width = 560;

void draw_receiver(Pen& pen, const screens::ReceiverView& view) {
  if (!view.is_running) {
    draw(pen, view.path, path_width * pen.frame.scale());
    draw_buttons(pen, view.examples);
    draw(pen, view.speed);
    draw(pen, view.start);
    return;
  }
  Columns columns(pen.frame, "gps.columns", 2);
  columns.next();
  draw(pen, view.gate);
  same_line(pen.frame);
  text(pen.frame, view.gate_reason);
  draw_facts(pen, view.facts);
  draw(pen, view.stop);
  columns.next();
  draw(pen, view.purpose);
  draw(pen, view.unit);
  draw(pen, view.label);
  draw(pen, view.average_until);
  draw_buttons(pen, view.buttons);
}

void draw_areas(Pen& pen, const screens::VisitView& view) {
  draw_section(pen, say("Walked areas"));
  const screens::AreaRecorderView& recorder = view.area_recorder;
  draw(pen, recorder.kind);
  draw(pen, recorder.label);
  if (!recorder.facts.empty()) draw_facts(pen, recorder.facts);
  draw_buttons(pen, recorder.buttons);
  for (const screens::AreaView& area : view.areas) {
    separator(pen.frame);
    text(pen.frame, area.title);
    same_line(pen.frame);
    draw(pen, area.verdict);
    text(pen.frame, area.figures);
    text(pen.frame, area.words);
    if (!area.standing.empty()) text(pen.frame, area.standing, Tone::bad);
    draw(pen, area.void_it);
  }
}

void draw_markers(Pen& pen, const screens::MarkersView& view) {
  draw_section(pen, say("Boundary markers"));
  draw_list(pen, view.corner, kind_width * pen.frame.scale());
  draw_facts(pen, view.facts);
  draw(pen, view.note, path_width * pen.frame.scale());
  draw_buttons(pen, view.buttons);
  text(pen.frame, view.hint, Tone::muted);
  for (const screens::MarkerView& marker : view.recorded) {
    separator(pen.frame);
    text(pen.frame, marker.text);
    if (!marker.standing.empty()) text(pen.frame, marker.standing, Tone::bad);
    draw(pen, marker.void_it);
  }
}

void draw_positions(Pen& pen, const screens::VisitView& view) {
  draw_section(pen, say("Receiver"));
  draw_receiver(pen, view.receiver);
  draw_areas(pen, view);
  if (view.markers) draw_markers(pen, *view.markers);
  draw_section(pen, say("Points of this visit"));
  if (view.points.empty()) text(pen.frame, say("No points yet."), Tone::muted);
  for (const screens::PointView& point : view.points) {
    text(pen.frame, point.title);
    text(pen.frame, point.position);
    text(pen.frame, point.quality, Tone::muted);
    if (!point.boundary.empty()) text(pen.frame, point.boundary);
    if (!point.elevation.empty()) text(pen.frame, point.elevation);
    draw_entries(pen, "point." + std::to_string(&point - view.points.data()) + ".fields", point.entries);
    if (!point.orientation.empty()) text(pen.frame, point.orientation, Tone::muted);
    if (!point.standing.empty()) text(pen.frame, point.standing, Tone::bad);
    draw(pen, point.void_it);
    separator(pen.frame);
  }
}

}  // namespace

void draw_visit(Pen& pen, const screens::VisitView& view) {
  draw(pen, view.back);
  same_line(pen.frame);
  heading(pen.frame, view.title);
  draw_badges(pen, view.badges);
  draw_tabs(pen, view.tabs);
  const std::string& tab = view.tabs.options[view.tabs.chosen.value_or(0)].key;
  const Area area(pen.frame, "visit.page." + tab);
  for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  if (view.page != nullptr) {
    draw_page(pen, *view.page);
  } else {
    draw_positions(pen, view);
  }
}

}  // namespace kuangxun::ui
