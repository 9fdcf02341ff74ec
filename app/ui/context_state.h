#pragma once

#include <imgui.h>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/ui/control.h"
#include "app/ui/display.h"
#include "app/ui/glyph_store.h"
#include "app/ui/input_queue.h"
#include "app/ui/screen_text.h"

namespace kuangxun::ui {

// The inside of a Context, for the widgets of this folder only.
struct ContextState {
  ImGuiContext* imgui = nullptr;
  std::unique_ptr<GlyphStore> glyphs;
  ScreenText screen_text;
  InputQueue input;
  Clipboard* clipboard = nullptr;
  std::string clipboard_text;  // ImGui borrows what it pastes
  Display display;
  float scale = 1;

  std::vector<Control> controls;
  std::unordered_map<std::string, std::size_t> control_index;
  std::vector<std::string> texts;
  std::string prefix;
  std::vector<KeyPress> pressed_keys;
  std::optional<int> wake_after_ms;
  bool another_frame = false;
  std::string scroll_to;
  // A dialog is open as long as somebody draws it.
  bool dialog_drawn = false;
  bool dialog_was_drawn = false;
  // The control that Tab goes to in the next frame.
  std::string focus_next;
  // ImGui gives a new window's first control the keyboard without showing it: no start for Tab until a person took it.
  bool keyboard_taken = false;
  // The field being edited and what it held when last drawn (screen's text): a difference came from outside.
  std::string edited_name;
  std::string edited_text;
  bool edited = false;  // since it took the keyboard
  std::string composition;
  Rectangle caret;

  // Rewrites text for the screen, asks for its glyphs and notes it as shown. The view lives until `storage` changes.
  std::string_view show(Face face, std::string_view text, std::string& storage);
  std::string full_name(std::string_view name) const { return prefix + std::string(name); }
  // Records the last item of ImGui under its full name.
  void record(std::string full_name, ControlKind kind, bool enabled);
  void record_at(std::string full_name, ControlKind kind, bool enabled, const Rectangle& area, bool focused,
                 ImGuiID id);
};

Rectangle to_rectangle(const ImVec2& from, const ImVec2& to);
// Text of the screen drawn by hand (no '##' of ImGui's labels in it), cut off at `clip`.
void draw_text(ContextState& state, Face face, const ImVec2& at, std::uint32_t colour, std::string_view screen_text,
               const Rectangle& clip);
ImVec2 text_size(ContextState& state, Face face, std::string_view screen_text);

}  // namespace kuangxun::ui
