#include "app/shell/script.h"

#include <doctest/doctest.h>

using namespace kuangxun;
using shell::ScriptVerb;

TEST_CASE("a script is commands, one a line, the rest of the line being text") {
  const auto lines =
      shell::parse_script("# 查找\n\n type places.search  石灰岩 矿 \npress places.row.1\nkey Control+S\nquit");
  REQUIRE(lines.ok());
  REQUIRE(lines->size() == 4);
  CHECK((*lines)[0].number == 3);
  CHECK((*lines)[0].verb == ScriptVerb::type);
  CHECK((*lines)[0].name == "places.search");
  CHECK((*lines)[0].text == "石灰岩 矿");
  CHECK((*lines)[3].verb == ScriptVerb::quit);
}

TEST_CASE("a wrong line is named and nothing is played") {
  for (const char* wrong :
       {"pres x", "press", "type name", "key Hyper+Q", "timeout soon", "idle -1", "quit now", "wait \xFF"}) {
    CAPTURE(wrong);
    const auto lines = shell::parse_script(wrong);
    REQUIRE_FALSE(lines.ok());
    CHECK(lines.error().code() == ErrorCode::bad_input);
  }
  CHECK(shell::parse_script("press a\nnonsense").error().message().find("2") != std::string::npos);
}
