#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/ui/context.h"

namespace kuangxun::tests {

// A user interface without a window: real ImGui frames, glyphs that are plain blocks, input by name.
class ControlBench {
 public:
  using Draw = std::function<void(ui::Frame&)>;
  explicit ControlBench(Draw draw, int texture_edge_px = 512);

  ui::Context& context() { return context_; }
  // Draws until input and layout have settled.
  void settle();
  // In the middle of what is visible of the control; fails the test when it cannot be seen.
  void press(std::string_view name);
  void type(std::string_view name, std::string_view text);
  void key(std::string_view key);
  void scroll_into_view(std::string_view name);
  std::string clipboard;

 private:
  class Board;
  void draw_once();
  Draw draw_;
  std::unique_ptr<ui::Clipboard> board_;
  ui::Context context_;
};

}  // namespace kuangxun::tests
