#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/base/language.h"

namespace kuangxun::ui {
namespace {

constexpr float field_width = 560;
constexpr int entry_columns = 2;

void draw_last(Pen& pen, const screens::TableReport& last) {
  draw_section(pen, last.file);
  text(pen.frame, last.summary, tone_of(last.tone));
  draw_facts(pen, last.differences);
  for (const std::string& note : last.notes) text(pen.frame, note, Tone::muted);
}

}  // namespace

void draw_tables(Pen& pen, const screens::TablesView& view) {
  const Area area(pen.frame, "tables.page");
  heading(pen.frame, say("读入表格", "Take a table in"));
  text(pen.frame, view.advice, Tone::muted);
  draw_list(pen, view.kind, field_width * pen.frame.scale());
  draw(pen, view.path, field_width * pen.frame.scale());
  {
    Columns columns(pen.frame, "tables.entries", entry_columns);
    for (const screens::SlotText& entry : view.entries) {
      columns.next();
      draw(pen, entry);
    }
  }
  if (view.differences) draw(pen, *view.differences);
  if (view.is_invented) draw(pen, *view.is_invented);
  draw_buttons(pen, view.buttons);
  if (view.last) draw_last(pen, *view.last);
  draw_section(pen, say("样表", "A table to be filled in"));
  draw(pen, view.template_path, field_width * pen.frame.scale());
  draw(pen, view.write_template);
}

}  // namespace kuangxun::ui
