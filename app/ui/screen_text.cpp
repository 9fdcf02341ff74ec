#include "app/ui/screen_text.h"

#include <algorithm>

namespace kuangxun::ui {
namespace {

constexpr char32_t invalid = 0xFFFD;

bool needs_stand_in(char32_t code_point) {
  return code_point > 0xFFFF || (code_point >= 0xE000 && code_point <= 0xF8FF) ||
         (code_point >= ScreenText::first_stand_in && code_point <= ScreenText::last_stand_in);
}

bool is_plain(std::string_view text) {
  // Below 0xEA every lead byte stands for a character that keeps its own place.
  return std::none_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) >= 0xEA; });
}

}  // namespace

void append_utf8(std::string& text, char32_t code_point) {
  const auto byte = [&](char32_t value) { text.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    byte(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xF0 | (code_point >> 18));
    byte(0x80 | ((code_point >> 12) & 0x3F));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
  const auto lead = static_cast<unsigned char>(text[position]);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  if (length == 0 || position + length > text.size()) return ++position, invalid;
  char32_t code_point = length == 1 ? lead : static_cast<char32_t>(lead & (0x7F >> length));
  for (std::size_t index = 1; index < length; ++index) {
    const auto byte = static_cast<unsigned char>(text[position + index]);
    if ((byte & 0xC0) != 0x80) return ++position, invalid;
    code_point = (code_point << 6) | (byte & 0x3F);
  }
  position += length;
  return code_point;
}

std::string_view ScreenText::to_screen(std::string_view text, std::string& storage) {
  if (is_plain(text)) return text;
  storage.clear();
  storage.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const char32_t real = next_code_point(text, position);
    append_utf8(storage, needs_stand_in(real) ? stand_in_for(real) : real);
  }
  return storage;
}

std::string ScreenText::from_screen(std::string_view text) const {
  std::string result;
  result.reserve(text.size());
  for (std::size_t position = 0; position < text.size();)
    append_utf8(result, real_character(next_code_point(text, position)));
  return result;
}

char32_t ScreenText::real_character(char32_t on_screen) const {
  if (on_screen < first_stand_in || on_screen - first_stand_in >= real_.size()) return on_screen;
  return real_[on_screen - first_stand_in];
}

bool ScreenText::fits(std::string_view text) {
  std::string storage;
  return from_screen(to_screen(text, storage)) == text;
}

char32_t ScreenText::stand_in_for(char32_t real) {
  const auto known = stand_ins_.find(real);
  if (known != stand_ins_.end()) return known->second;
  const char32_t stand_in = first_stand_in + static_cast<char32_t>(real_.size());
  if (stand_in > last_stand_in) return invalid;
  real_.push_back(real);
  stand_ins_.emplace(real, stand_in);
  return stand_in;
}

}  // namespace kuangxun::ui
