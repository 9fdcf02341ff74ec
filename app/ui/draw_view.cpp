#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/language/language.h"

namespace kuangxun::ui {
namespace {

void draw_head(Pen& pen, const screens::View& view) {
  heading(pen.frame, say("Kuangxun"));
  for (std::size_t index = 0; index < view.pages.size(); ++index) {
    same_line(pen.frame);
    screens::Button page = view.pages[index];
    const bool is_current = index == view.current_page;
    page.name = "page." + page.name;
    page.tone = is_current ? screens::Tone::accent : screens::Tone::plain;
    draw(pen, page);
  }
  same_line(pen.frame);
  const float person_width_px = button_width_px(pen.frame, view.person.label);
  line_beside_buttons(pen.frame, "  " + view.standing, Tone::muted, person_width_px + 2 * spacing_px(pen.frame));
  same_line(pen.frame);
  right_aligned(pen.frame, person_width_px);
  draw(pen, view.person);
  for (const std::string& warning : view.warnings) banner(pen.frame, Tone::unsure, warning);
}

void draw_message(Pen& pen, const screens::Message& message) {
  const std::string_view label = say("Close");
  const float room = button_width_px(pen.frame, label) + spacing_px(pen.frame);
  banner(pen.frame, tone_of(message.tone), message.text, room);
  same_line(pen.frame);
  if (button(pen.frame, "message.dismiss", label)) {
    pen.intents.push_back(screens::Press{screens::Command::dismiss_message, {}, {}});
  }
}

void draw_dialog(Pen& pen, const screens::DialogView& view) {
  const Dialog dialog(pen.frame, "dialog", view.title);
  draw_page(pen, *view.page);
  constexpr std::string_view way_out = "dialog.cancel";
  if (blocks::find<blocks::Button>(*view.page, way_out) == nullptr) return;
  if (pen.frame.shortcut({.key = Key::escape})) {
    pen.intents.push_back(blocks::Event{blocks::Event::What::press, std::string(way_out)});
  }
}

void draw_open_page(Pen& pen, const screens::View& view) {
  if (view.page_blocks == nullptr) return;
  // What ends with panes fills the window; each other page keeps its own place when it is scrolled.
  const bool is_filling =
      !view.page_blocks->empty() && (std::holds_alternative<blocks::Panes>(view.page_blocks->back().shape) ||
                                     std::holds_alternative<blocks::Pane>(view.page_blocks->back().shape));
  if (is_filling) return draw_page(pen, *view.page_blocks);
  const Area area(pen.frame, view.open_page + ".page");
  draw_page(pen, *view.page_blocks);
}

}  // namespace

std::vector<screens::Intent> draw_view(Frame& frame, const screens::View& view) {
  std::vector<screens::Intent> intents;
  Pen pen{frame, intents};
  draw_head(pen, view);
  if (!view.running.empty()) draw_page(pen, view.running);
  if (view.message) draw_message(pen, *view.message);
  draw_open_page(pen, view);
  if (view.dialog) draw_dialog(pen, *view.dialog);
  return intents;
}

}  // namespace kuangxun::ui
