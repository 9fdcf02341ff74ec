#include "app/ui/input_queue.h"

#include <doctest/doctest.h>

using namespace kuangxun::ui;

TEST_CASE("a press and its release come in two frames") {
  InputQueue queue;
  queue.push(MouseMove{5, 5});
  queue.push(MouseButtonChange{MouseButton::left, true});
  queue.push(MouseButtonChange{MouseButton::left, false});
  CHECK(queue.take_for_one_frame().size() == 2);
  CHECK(queue.take_for_one_frame().size() == 1);
  CHECK(queue.empty());
}

TEST_CASE("many moves are one frame's; a move after a press waits") {
  InputQueue queue;
  for (int index = 0; index < 50; ++index) queue.push(MouseMove{1, 1});
  queue.push(MouseButtonChange{MouseButton::left, true});
  queue.push(MouseMove{9, 9});
  CHECK(queue.take_for_one_frame().size() == 51);
  CHECK(queue.take_for_one_frame().size() == 1);
}

TEST_CASE("keys and the text they make keep their order") {
  InputQueue queue;
  queue.push(TextInput{"甲"});
  queue.push(TextInput{"乙"});
  queue.push(KeyChange{{.key = Key::backspace}, true});
  queue.push(KeyChange{{.key = Key::backspace}, false});
  queue.push(TextInput{"丙"});
  CHECK(queue.take_for_one_frame().size() == 2);
  CHECK(queue.take_for_one_frame().size() == 1);
  CHECK(queue.take_for_one_frame().size() == 1);
  CHECK(queue.take_for_one_frame().size() == 1);
  CHECK(queue.empty());
}

TEST_CASE("keys have names that scripts can write") {
  CHECK(parse_key("F5") == KeyPress{.key = Key::f5});
  CHECK(parse_key("F12") == KeyPress{.key = Key::f12});
  CHECK(parse_key("Control+Shift+S") == KeyPress{.key = Key::s, .control = true, .shift = true});
  CHECK(parse_key("Escape") == KeyPress{.key = Key::escape});
  CHECK_FALSE(parse_key("").has_value());
  CHECK_FALSE(parse_key("F13").has_value());
  CHECK_FALSE(parse_key("Hyper+S").has_value());
}
