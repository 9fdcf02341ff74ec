#pragma once

#include <string>
#include <string_view>

#include "app/ui/frame.h"

namespace kuangxun::ui {

struct EditOptions {
  std::string_view label{};  // above the field
  std::string_view hint{};   // inside while it is empty; above it when it is too long for the field
  int lines = 1;             // more than one: Enter breaks the line
  float width_px = 0;        // 0: the rest of the line
  bool enabled = true;
  bool take_keyboard = false;  // when the screen has just opened
  bool is_secret = false;      // dots are shown, and nothing goes to the clipboard
};

struct EditResult {
  bool changed = false;    // `text` holds something new: keep it safe now
  bool left = false;       // the person went on after changing it: the field is one finished edit
  bool confirmed = false;  // Enter in a field of one line
};

// A field for text in any language and script; `text` is clean UTF-8 of the program's own and is never rewritten except
// by what the person does. Escape leaves the field and keeps what was typed. If `text` is changed from outside while it
// is edited, the outside wins and the field lets the keyboard go. At most limits::text_bytes_max.
EditResult text_input(Frame& frame, std::string_view name, std::string& text, const EditOptions& options = {});

}  // namespace kuangxun::ui
