#include "app/ui/key.h"

#include <array>
#include <utility>

#include "db/base/text.h"

namespace kuangxun::ui {
namespace {

constexpr std::array<std::pair<std::string_view, Key>, 18> named_keys = {{
    {"tab", Key::tab},
    {"left", Key::left},
    {"right", Key::right},
    {"up", Key::up},
    {"down", Key::down},
    {"pageup", Key::page_up},
    {"pagedown", Key::page_down},
    {"home", Key::home},
    {"end", Key::end},
    {"insert", Key::insert},
    {"delete", Key::erase},
    {"backspace", Key::backspace},
    {"space", Key::space},
    {"enter", Key::enter},
    {"return", Key::enter},
    {"escape", Key::escape},
    {"=", Key::equals},
    {"-", Key::minus},
}};

Key offset_key(Key first, int offset) {
  return static_cast<Key>(static_cast<int>(first) + offset);
}

Key key_named(std::string_view name) {
  for (const auto& [text, key] : named_keys)
    if (text == name) return key;
  if (name.size() == 1 && name[0] >= 'a' && name[0] <= 'z') return offset_key(Key::a, name[0] - 'a');
  if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') return offset_key(Key::digit_0, name[0] - '0');
  if (name.size() == 2 && name[0] == 'f' && name[1] >= '1' && name[1] <= '9') return offset_key(Key::f1, name[1] - '1');
  if (name.size() == 3 && name.starts_with("f1") && name[2] >= '0' && name[2] <= '2')
    return offset_key(Key::f10, name[2] - '0');
  return Key::none;
}

}  // namespace

std::optional<KeyPress> parse_key(std::string_view text) {
  KeyPress press;
  const std::string lower = lower_ascii(text);
  const auto parts = split(lower, '+');
  for (std::size_t index = 0; index + 1 < parts.size(); ++index) {
    if (parts[index] == "control")
      press.control = true;
    else if (parts[index] == "shift")
      press.shift = true;
    else if (parts[index] == "alt")
      press.alt = true;
    else
      return std::nullopt;
  }
  press.key = key_named(parts.back());
  if (press.key == Key::none) return std::nullopt;
  return press;
}

}  // namespace kuangxun::ui
