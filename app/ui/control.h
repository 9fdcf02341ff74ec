#pragma once

#include <algorithm>
#include <string>

namespace kuangxun::ui {

// Window pixels, from the top left.
struct Rectangle {
  float left = 0;
  float top = 0;
  float width = 0;
  float height = 0;

  bool empty() const { return width <= 0 || height <= 0; }
  float middle_x() const { return left + width / 2; }
  float middle_y() const { return top + height / 2; }
  Rectangle overlap(const Rectangle& other) const {
    const float new_left = std::max(left, other.left);
    const float new_top = std::max(top, other.top);
    return {new_left, new_top, std::min(left + width, other.left + other.width) - new_left,
            std::min(top + height, other.top + other.height) - new_top};
  }
  bool operator==(const Rectangle&) const = default;
};

enum class ControlKind { button, text, combo, checkbox, choice, tab, row };

// What a frame drew under a stable name ("visit.answer.3.yes"), so that a test or a script can press it where a person
// would. Names are never translated and never depend on the language.
struct Control {
  std::string name;
  ControlKind kind = ControlKind::button;
  Rectangle area;
  // The part that is not scrolled or clipped away; empty when a person could not see it.
  Rectangle visible_area;
  bool enabled = true;
  // It has the keyboard: what is typed goes here.
  bool focused = false;
};

}  // namespace kuangxun::ui
