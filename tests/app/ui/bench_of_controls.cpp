#include "tests/app/ui/bench_of_controls.h"

#include <doctest/doctest.h>

namespace kuangxun::tests {
namespace {

constexpr std::array<ui::FaceMetrics, ui::face_count> metrics = {{{19, 25, 18}, {26, 34, 24}}};

ui::Glyph block(const ui::GlyphRequest& request) {
  ui::Glyph glyph{request, true, 12, 14, 1, 14, request.character < 0x2E80 ? 9.0F : 18.0F, {}};
  glyph.coverage.assign(12 * 14, 200);
  return glyph;
}

}  // namespace

class ControlBench::Board final : public ui::Clipboard {
 public:
  explicit Board(std::string& text) : text_(text) {}
  std::string read() override { return text_; }
  void write(const std::string& text) override { text_ = text; }

 private:
  std::string& text_;
};

ControlBench::ControlBench(Draw draw, int texture_edge_px)
    : draw_(std::move(draw)), board_(std::make_unique<Board>(clipboard)), context_(metrics, 1, texture_edge_px) {
  context_.set_clipboard(board_.get());
  settle();
}

void ControlBench::draw_once() {
  ui::Frame frame = context_.begin_frame({800, 600, 1}, 0.016);
  draw_(frame);
  context_.end_frame();
  std::vector<ui::Glyph> glyphs;
  for (const ui::GlyphRequest& request : context_.take_missing_glyphs()) glyphs.push_back(block(request));
  if (!glyphs.empty()) context_.add_glyphs(glyphs);
}

void ControlBench::settle() {
  int frames = 0;
  do draw_once();
  while (context_.wants_another_frame() && ++frames < 200);
  for (int frame = 0; frame < 3; ++frame) draw_once();
}

void ControlBench::press(std::string_view name) {
  const ui::Control* control = context_.find_control(name);
  CAPTURE(std::string(name));
  REQUIRE(control != nullptr);
  REQUIRE_FALSE(control->visible_area.empty());
  context_.input().push(ui::MouseMove{control->visible_area.middle_x(), control->visible_area.middle_y()});
  context_.input().push(ui::MouseButtonChange{ui::MouseButton::left, true});
  context_.input().push(ui::MouseButtonChange{ui::MouseButton::left, false});
  settle();
}

void ControlBench::type(std::string_view name, std::string_view text) {
  press(name);
  REQUIRE(context_.wants_text_input());
  context_.input().push(ui::TextInput{std::string(text)});
  settle();
}

void ControlBench::key(std::string_view key) {
  const auto press = ui::parse_key(key);
  REQUIRE(press.has_value());
  context_.input().push(ui::KeyChange{*press, true});
  context_.input().push(ui::KeyChange{{.key = press->key}, false});
  settle();
}

void ControlBench::scroll_into_view(std::string_view name) {
  context_.scroll_to(name);
  settle();
}

}  // namespace kuangxun::tests
