#include "app/ui/draw_blocks.h"
#include "app/ui/draw_screens.h"
#include "app/ui/layout.h"
#include "app/ui/widgets.h"
#include "db/language/language.h"

namespace kuangxun::ui {
namespace {

struct Pen {
  Frame& frame;
  std::vector<blocks::Event>& events;
};

void draw_page(Pen& pen, const blocks::Blocks& page) {
  for (blocks::Event& event : draw_blocks(pen.frame, page)) pen.events.push_back(std::move(event));
}

void draw(Pen& pen, const blocks::Button& shown) {
  const ButtonOptions options{.tone = tone_of(shown.tone), .enabled = shown.enabled, .width_px = 0, .hint = shown.hint};
  if (button(pen.frame, shown.name, shown.label, options)) {
    pen.events.push_back({blocks::Event::What::press, shown.name});
  }
}

void draw_pages(Pen& pen, const blocks::Choice& pages) {
  for (std::size_t index = 0; index < pages.options.size(); ++index) {
    const blocks::Option& page = pages.options[index];
    same_line(pen.frame);
    const ButtonOptions options{.tone = pages.chosen == index ? Tone::accent : Tone::plain};
    if (button(pen.frame, pages.name + "." + page.key, page.label, options)) {
      pen.events.push_back({blocks::Event::What::choose, pages.name, page.key});
    }
  }
}

void draw_head(Pen& pen, const screens::View& view) {
  heading(pen.frame, say("Kuangxun"));
  draw_pages(pen, view.pages);
  same_line(pen.frame);
  const float person_width_px = button_width_px(pen.frame, view.person.label);
  line_beside_buttons(pen.frame, "  " + view.standing, Tone::muted, person_width_px + 2 * spacing_px(pen.frame));
  same_line(pen.frame);
  right_aligned(pen.frame, person_width_px);
  draw(pen, view.person);
  for (const std::string& warning : view.warnings) banner(pen.frame, Tone::unsure, warning);
}

void draw_message(Pen& pen, const screens::Message& message, const blocks::Button& dismiss) {
  const float room = button_width_px(pen.frame, dismiss.label) + spacing_px(pen.frame);
  banner(pen.frame, tone_of(message.tone), message.text, room);
  same_line(pen.frame);
  draw(pen, dismiss);
}

void draw_dialog(Pen& pen, const screens::DialogView& view) {
  const Dialog dialog(pen.frame, "dialog", view.title);
  draw_page(pen, *view.page);
  constexpr std::string_view way_out = "dialog.cancel";
  if (blocks::find<blocks::Button>(*view.page, way_out) == nullptr) return;
  if (pen.frame.shortcut({.key = Key::escape})) {
    pen.events.push_back({blocks::Event::What::press, std::string(way_out)});
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

std::vector<blocks::Event> draw_view(Frame& frame, const screens::View& view) {
  std::vector<blocks::Event> events;
  Pen pen{frame, events};
  draw_head(pen, view);
  if (!view.running.empty()) draw_page(pen, view.running);
  if (view.message) draw_message(pen, *view.message, view.dismiss);
  draw_open_page(pen, view);
  if (view.dialog) draw_dialog(pen, *view.dialog);
  return events;
}

}  // namespace kuangxun::ui
