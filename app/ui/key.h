#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kuangxun::ui {

// The keys the program listens to; letters and digits only together with Control or Alt, plain ones come as text.
enum class Key : std::uint8_t {
  none,
  tab,
  left,
  right,
  up,
  down,
  page_up,
  page_down,
  home,
  end,
  insert,
  erase,
  backspace,
  space,
  enter,
  escape,
  keypad_enter,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  equals,
  minus,
  a,
  b,
  c,
  d,
  e,
  f,
  g,
  h,
  i,
  j,
  k,
  l,
  m,
  n,
  o,
  p,
  q,
  r,
  s,
  t,
  u,
  v,
  w,
  x,
  y,
  z,
  digit_0,
  digit_1,
  digit_2,
  digit_3,
  digit_4,
  digit_5,
  digit_6,
  digit_7,
  digit_8,
  digit_9,
  count,
};

struct KeyPress {
  Key key = Key::none;
  bool control = false;
  bool shift = false;
  bool alt = false;
  bool operator==(const KeyPress&) const = default;
};

// "F5", "Control+S", "Shift+Tab", "Escape"; nothing when there is no such key.
std::optional<KeyPress> parse_key(std::string_view text);

}  // namespace kuangxun::ui
