#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/control.h"
#include "app/ui/display.h"
#include "app/ui/frame.h"
#include "app/ui/glyphs.h"
#include "app/ui/input_queue.h"

struct ImDrawData;

namespace kuangxun::ui {

enum class PointerShape { arrow, text, hand, resize_horizontal, resize_vertical };

// One user interface: everything of ImGui that outlives a frame. Knows no window and no font file: whoever owns it
// feeds input, glyphs and the size, and draws what comes out. Window thread only. One at a time draws; several may
// exist.
class Context {
 public:
  // `scale` 1 is 96 dots an inch; `texture_edge_px` the side of the glyph texture.
  Context(const std::array<FaceMetrics, face_count>& metrics, float scale, int texture_edge_px);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  // Makes this the one that ImGui's backends speak of.
  void make_current();
  InputQueue& input();
  void set_clipboard(Clipboard* clipboard);

  Frame begin_frame(const Display& display, double elapsed_s);
  void end_frame();
  ImDrawData* draw_data();
  // Input is left over or the frame asked for another one at once.
  bool wants_another_frame() const;
  // The frame asked to be drawn again after this many milliseconds even if nothing happens.
  std::optional<int> wake_after_ms() const;

  std::vector<GlyphRequest> take_missing_glyphs();
  // Asks for the glyphs of text that is not on the screen yet.
  void need_glyphs(Face face, std::string_view text);
  std::vector<TextureUpdate> add_glyphs(std::span<const Glyph> glyphs);
  std::size_t times_texture_emptied() const;
  // The texture's name with the renderer, once it has uploaded it; the pixels here can go then.
  std::uintptr_t glyph_texture() const;
  void release_texture_pixels();

  // What the last frame drew, for tests and scripts.
  std::span<const Control> controls() const;
  const Control* find_control(std::string_view name) const;
  bool shows_text(std::string_view text) const;
  // Everything readable of the last frame, a text a line.
  std::string all_text() const;
  // The next frame brings this control into view, as a person scrolling would.
  void scroll_to(std::string_view name);

  // A text field has the keyboard: the input method is wanted, its list of candidates beside the caret.
  bool wants_text_input() const;
  Rectangle caret() const;
  // What the input method is composing and has not committed; shown at the caret. Empty ends it.
  void set_composition(std::string text);
  PointerShape pointer_shape() const;

 private:
  std::unique_ptr<ContextState> state_;
};

}  // namespace kuangxun::ui
