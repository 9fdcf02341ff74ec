#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/frame.h"
#include "app/ui/theme.h"

// What a screen is made of. Every control takes a stable name first (see control.h) and words last; words are data and
// are shown as they are. A press is a return value: nothing here remembers anything of the program.
namespace kuangxun::ui {

// Text broken into lines as Chinese is set.
void text(Frame& frame, std::string_view words, Tone tone = Tone::plain);
// One line, cut with "…" where it does not fit.
void line(Frame& frame, std::string_view words, Tone tone = Tone::plain);
// The same, as high as the words of the buttons beside it; leaves so much room for what follows on the line.
void line_beside_buttons(Frame& frame, std::string_view words, Tone tone, float room_px);
void heading(Frame& frame, std::string_view words);
// A label in its own column, the value beside it, and what must be known about the value below it.
void field(Frame& frame, std::string_view label, std::string_view value, std::string_view note = {},
           Tone tone = Tone::plain, Tone note_tone = Tone::unsure);
// A word in a coloured box: a verdict, a state.
void badge(Frame& frame, Tone tone, std::string_view word);
// A box over the whole width: what must not be overlooked.
// `room_right_px` is left free beside it for a button.
void banner(Frame& frame, Tone tone, std::string_view words, float room_right_px = 0);

struct ButtonOptions {
  Tone tone = Tone::plain;
  bool enabled = true;
  float width_px = 0;       // pixels of the window; 0: as wide as its words
  std::string_view hint{};  // shown while the pointer rests on it; says why when it is not enabled
};
bool button(Frame& frame, std::string_view name, std::string_view label, const ButtonOptions& options = {});

// How wide a button with this label is, to place it at the end of a line.
float button_width_px(Frame& frame, std::string_view label);

// True when it was switched; `value` then holds the new state.
bool checkbox(Frame& frame, std::string_view name, std::string_view label, bool& value, bool enabled = true);

struct Choice {
  std::string key;  // the control's name is NAME.KEY
  std::string label;
  Tone tone = Tone::accent;  // how it looks when chosen
};
// Buttons beside each other of which one may be chosen (breaks into more lines where it must). The one pressed.
std::optional<std::size_t> choose(Frame& frame, std::string_view name, std::span<const Choice> choices,
                                  std::optional<std::size_t> chosen, bool enabled = true);
// The same behind a list that opens, for many choices.
std::optional<std::size_t> combo(Frame& frame, std::string_view name, std::span<const Choice> choices,
                                 std::optional<std::size_t> chosen, float width_px = 0, std::string_view hint = {});
// The pages of a screen; the one pressed.
std::optional<std::size_t> tabs(Frame& frame, std::string_view name, std::span<const Choice> pages,
                                std::size_t current);

struct RowText {
  std::string_view title;
  std::string_view detail{};
  std::string_view badge{};
  Tone badge_tone = Tone::muted;
};
// An entry of a list, over the whole width; true when pressed.
bool row(Frame& frame, std::string_view name, const RowText& words, bool selected = false);

}  // namespace kuangxun::ui
