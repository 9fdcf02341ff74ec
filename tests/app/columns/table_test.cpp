#include <doctest/doctest.h>

#include <sstream>

#include "app/columns/table.h"
#include "db/base/text.h"

namespace kuangxun::columns {

TEST_CASE("Chinese takes two columns, and columns line up") {
  CHECK(display_width("矿a") == 3);
  CHECK(display_width("，") == 2);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(fit_cell("特克斯县", 5) == "特克…");
  CHECK(fit_cell("a\nb", 10) == "a b");
  std::ostringstream out;
  Table table({"名称", "x"});
  table.add({"a", "1"});
  table.print(out);
  CHECK(out.str() == "名称  x\na     1\n");
}

TEST_CASE("texts wrap at blanks and between Chinese characters, never before a closing mark") {
  using Lines = std::vector<std::string>;
  CHECK(wrap_text("限期整改，退出", 0) == Lines{"限期整改，退出"});
  CHECK(wrap_text("限期整改，退出", 8) == Lines{"限期整", "改，退出"});
  CHECK(wrap_text("one two  three", 8) == Lines{"one two", "three"});
  CHECK(wrap_text("4 万立方米/年", 8) == Lines{"4 万立方", "米/年"});
  CHECK(wrap_text("indivisible", 4) == Lines{"indivisible"});
  CHECK(wrap_text("", 4) == Lines{""});
  const std::string text = "规模 4 万立方米/年，低于最低规模（地下 6 万立方米/年），capacity below the minimum";
  for (std::size_t width = 12; width < 60; ++width) {
    std::string joined;
    for (const std::string& line : wrap_text(text, width)) {
      CHECK(display_width(line) <= width);
      joined += line;
    }
    // Nothing but blanks at the ends of lines is lost.
    CHECK(replace_all(joined, " ", "") == replace_all(text, " ", ""));
  }
}

}  // namespace kuangxun::columns
