#include "app/ui/screen_text.h"

#include <doctest/doctest.h>

using namespace kuangxun::ui;

TEST_CASE("plain text goes to the screen untouched") {
  ScreenText screen;
  std::string storage;
  const std::string text = "特克斯县，Tekes（81°19′）";
  CHECK(screen.to_screen(text, storage) == text);
}

TEST_CASE("every character comes back as it was") {
  ScreenText screen;
  std::string storage;
  for (const char* text : {"𠮷", "𠀀𪚥😀", "한국어", "\xEE\x80\x80\xEF\xA3\xBF", "混𠮷合한\xEE\x80\x80字"}) {
    const std::string on_screen(screen.to_screen(text, storage));
    CHECK(screen.from_screen(on_screen) == text);
    std::size_t position = 0;
    while (position < on_screen.size()) {
      const char32_t character = next_code_point(on_screen, position);
      CHECK(character <= 0xFFFF);
      CHECK_FALSE((character >= 0xE000 && character <= 0xF8FF));
    }
  }
}

TEST_CASE("when the stand-ins are used up, text that needs another is known not to fit") {
  ScreenText screen;
  std::string storage;
  for (char32_t character = 0x20000; character < 0x20000 + 11172; ++character) {
    std::string text;
    append_utf8(text, character);
    screen.to_screen(text, storage);
  }
  CHECK(screen.fits("𠀀"));
  CHECK_FALSE(screen.fits("😀"));
}

TEST_CASE("broken bytes do not run past the end") {
  std::size_t position = 0;
  CHECK(next_code_point("\xE7\x9F", position) == 0xFFFD);
  CHECK(position == 1);
}
