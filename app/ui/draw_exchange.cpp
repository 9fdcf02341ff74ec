#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/language/language.h"

namespace kuangxun::ui {
namespace {

constexpr float field_width = 560;

void draw_people(Pen& pen, const screens::SyncView& view) {
  draw_section(pen, say("The people of this laptop"));
  if (!view.no_people.empty()) text(pen.frame, view.no_people, Tone::muted);
  for (const screens::PersonView& person : view.people) {
    draw(pen, person.badge);
    same_line(pen.frame);
    text(pen.frame, person.name);
    same_line(pen.frame);
    text(pen.frame, person.detail, Tone::muted);
  }
  {
    Columns columns(pen.frame, "people.entries", 3);
    for (const screens::SlotText* entry : {&view.person_code, &view.new_pin, &view.new_pin_again}) {
      columns.next();
      draw(pen, *entry);
    }
  }
  draw(pen, view.enrol_person);
  same_line(pen.frame);
  draw(pen, view.change_pin);
}

}  // namespace

void draw_sync(Pen& pen, const screens::SyncView& view) {
  const Area area(pen.frame, "sync.page");
  for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  heading(pen.frame, say("At the county"));
  draw_facts(pen, view.county);
  if (!view.is_enrolled) {
    draw(pen, view.url, field_width * pen.frame.scale());
    draw(pen, view.code, field_width * pen.frame.scale());
    draw(pen, view.enrol);
    same_line(pen.frame);
  }
  draw(pen, view.sync);
  draw(pen, view.bundle_path, field_width * pen.frame.scale());
  draw(pen, view.write_bundle);
  same_line(pen.frame);
  draw(pen, view.read_bundle);
  if (!view.last.empty()) {
    draw_section(pen, say("This sync"));
    draw_facts(pen, view.last);
  }
  if (!view.hidden.empty()) {
    draw_section(pen, say("Hidden by the county"));
    draw_facts(pen, view.hidden);
  }
  draw_section(pen, say("On this laptop"));
  draw_facts(pen, view.laptop);
  draw_people(pen, view);
  draw_section(pen, say("Where the visits are"));
  if (view.visits.empty()) text(pen.frame, say("No visits yet."), Tone::muted);
  for (const screens::Row& visit : view.visits) draw(pen, visit);
}

}  // namespace kuangxun::ui
