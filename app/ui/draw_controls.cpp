#include "app/ui/draw_controls.h"

namespace kuangxun::ui {

void draw_page(Pen& pen, const blocks::Blocks& page) {
  for (blocks::Event& event : draw_blocks(pen.frame, page)) pen.intents.push_back(std::move(event));
}

void draw(Pen& pen, const screens::Button& shown) {
  const ButtonOptions options{.tone = tone_of(shown.tone), .enabled = shown.enabled, .width_px = 0, .hint = shown.hint};
  if (button(pen.frame, shown.name, shown.label, options)) pen.intents.push_back(shown.press);
}

}  // namespace kuangxun::ui
