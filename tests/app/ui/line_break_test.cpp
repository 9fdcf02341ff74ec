#include "app/ui/line_break.h"

#include <doctest/doctest.h>

#include <string>

using namespace kuangxun::ui;

namespace {

// An ideograph is 2 wide, a Latin letter 1.
float advance(char32_t character) {
  return character < 0x2E80 ? 1 : 2;
}

std::string broken(std::string_view text, float width) {
  std::string result;
  for (const std::string_view line : break_lines(text, width, advance)) {
    if (!result.empty()) result += "|";
    result += line;
  }
  return result;
}

}  // namespace

TEST_CASE("Chinese breaks between any two characters") {
  CHECK(broken("一二三四五", 4) == "一二|三四|五");
}

TEST_CASE("a closing mark never begins a line, an opening one never ends it") {
  CHECK(broken("一二，三", 4) == "一|二，|三");
  CHECK(broken("一一（二）", 6) == "一一|（二）");
  CHECK(broken("一二（三", 6) == "一二|（三");
}

TEST_CASE("numbers and Latin words stay whole") {
  CHECK(broken("面积13.246公顷", 7) == "面积|13.246|公顷");
  CHECK(broken("see the rule", 8) == "see the|rule");
}

TEST_CASE("a word wider than the line is cut; a given line break is kept") {
  CHECK(broken("abcdefgh", 3) == "abc|def|gh");
  CHECK(broken("一\n\n二", 9) == "一||二");
  CHECK(broken("", 9).empty());
}

TEST_CASE("no character is lost but the blanks at a break") {
  std::string text = "第四章第二节：新建矿山（含 R19、R22–R27）不得低于“最低开采规模”，3,000 吨/年。";
  for (float width = 2; width < 60; ++width) {
    std::string joined;
    for (const std::string_view line : break_lines(text, width, advance)) joined += line;
    std::string without_blanks = text;
    std::erase(joined, ' ');
    std::erase(without_blanks, ' ');
    CHECK(joined == without_blanks);
  }
}

TEST_CASE("what does not fit on one line ends with dots inside the width") {
  CHECK(elide("一二三", 6, advance) == "一二三");
  CHECK(elide("一二三四", 6, advance) == "一二…");
  CHECK(elide("abc", 3, advance) == "abc");
}
