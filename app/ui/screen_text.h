#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kuangxun::ui {

// ImGui in Debian has 16-bit characters: it turns a code point past U+FFFF (rare characters of people's and places'
// names) into U+FFFD, also in the text being edited, and drops private-use ones that are typed. So text is rewritten
// on its way to the screen: each such character gets a stand-in from the block of Hangul syllables (real Hangul gets
// one too, which keeps the way back unambiguous), and the edited text is rewritten back. Data never changes; the glyph
// of a stand-in is that of the real character. Limit: 11,172 different such characters while the program runs; the
// next ones show as U+FFFD and the text that holds them must not be edited (`fits`).
class ScreenText {
 public:
  static constexpr char32_t first_stand_in = 0xAC00;
  static constexpr char32_t last_stand_in = 0xD7A3;

  // The text for the screen; `storage` holds it when it had to be rewritten.
  std::string_view to_screen(std::string_view text, std::string& storage);
  std::string from_screen(std::string_view text) const;
  // The character whose glyph is shown for one of the screen's.
  char32_t real_character(char32_t on_screen) const;
  // Whether `text` survives the way to the screen and back.
  bool fits(std::string_view text);

 private:
  char32_t stand_in_for(char32_t real);
  std::unordered_map<char32_t, char32_t> stand_ins_;
  std::vector<char32_t> real_;
};

void append_utf8(std::string& text, char32_t code_point);
// Reads one code point and moves `position` past it; a broken byte gives U+FFFD and moves by one.
char32_t next_code_point(std::string_view text, std::size_t& position);

}  // namespace kuangxun::ui
