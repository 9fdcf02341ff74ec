#pragma once

#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "app/ui/key.h"

namespace kuangxun::ui {

struct MouseMove {
  float x;
  float y;
};
enum class MouseButton { left, right, middle };
struct MouseButtonChange {
  MouseButton button;
  bool down;
};
struct MouseWheel {
  float x;
  float y;
};
struct KeyChange {
  KeyPress press;
  bool down;
};
// Committed text of any length, clean UTF-8.
struct TextInput {
  std::string text;
};
struct FocusChange {
  bool focused;
};
using InputEvent = std::variant<MouseMove, MouseButtonChange, MouseWheel, KeyChange, TextInput, FocusChange>;

// What a person did, in order. ImGui 1.86 sees only the state at the start of a frame, so a press and a release that
// come together would cancel out: the queue hands a frame only as much as it can tell apart, the rest waits for the
// next frame. Window thread only.
class InputQueue {
 public:
  void push(InputEvent event) { events_.push_back(std::move(event)); }
  bool empty() const { return events_.empty(); }
  std::vector<InputEvent> take_for_one_frame();

 private:
  std::deque<InputEvent> events_;
};

}  // namespace kuangxun::ui
