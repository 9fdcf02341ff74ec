#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/language/language.h"

namespace kuangxun::ui {
namespace {

constexpr float list_width = 420;

}  // namespace

void draw_place(Pen& pen, const screens::PlaceView& view) {
  heading(pen.frame, view.title);
  badge(pen.frame, Tone::plain, view.kind);
  same_line(pen.frame);
  draw_badges(pen, view.badges);
  right_aligned(pen.frame, button_width_px(pen.frame, view.start_visit.label));
  draw(pen, view.start_visit);
  draw_tabs(pen, view.tabs);
  const Area area(pen.frame, "place.page", {.framed = false});
  // The page of green mines has notes of its own, and needs the room.
  if (view.tabs.options[view.tabs.chosen.value_or(0)].key != "green") {
    for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  }
  if (view.page != nullptr) draw_page(pen, *view.page);
  if (view.green) draw_green(pen, *view.green);
}

void draw_places(Pen& pen, const screens::View& view) {
  {
    const Area left(pen.frame, "places", {.width_px = list_width * pen.frame.scale()});
    draw(pen, view.places.search);
    text(pen.frame, view.places.count, Tone::muted);
    right_aligned(pen.frame, button_width_px(pen.frame, view.places.add.label));
    draw(pen, view.places.add);
    const Area list(pen.frame, "places.list", {.framed = false});
    for (const screens::Row& visit : view.places.under_way) draw(pen, visit);
    for (const screens::Row& place : view.places.places) draw(pen, place);
  }
  same_line(pen.frame);
  const Area right(pen.frame, "place");
  if (view.place) {
    draw_place(pen, *view.place);
  } else {
    text(pen.frame, say("Choose a place on the left."), Tone::muted);
  }
}

}  // namespace kuangxun::ui
