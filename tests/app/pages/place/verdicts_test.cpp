#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

void open_verdicts(Office& office) {
  office.open_place(office.mine("3-02"));
  office.open_place_tab("verdicts");
}

bool has_verdict(Office& office, const std::string& rule) {
  return blocks::find<blocks::Button>(office.page(), "verdict.explain." + rule) != nullptr;
}

std::size_t verdicts_listed(Office& office) {
  std::size_t count = 0;
  blocks::walk(office.page(), [&](const blocks::Block& block) {
    const auto* button = std::get_if<blocks::Button>(&block.shape);
    count += button != nullptr && button->name.starts_with("verdict.explain.") ? 1 : 0;
  });
  return count;
}

std::size_t lines_toned(Office& office, blocks::Tone tone) {
  std::size_t count = 0;
  blocks::walk(office.page(), [&](const blocks::Block& block) {
    const auto* text = std::get_if<blocks::Text>(&block.shape);
    count += text != nullptr && text->tone == tone ? 1 : 0;
  });
  return count;
}

}  // namespace

TEST_CASE("verdicts come with reason, clause and whether it is in force; what is missing is said") {
  Office office;
  open_verdicts(office);
  CHECK(contains(office.page_words(), "无法判断"));
  REQUIRE(verdicts_listed(office) > 0);
  // A clause each; what cannot be told says what it lacks.
  CHECK(lines_toned(office, blocks::Tone::muted) >= verdicts_listed(office));
  CHECK(contains(office.page_words(), "条款："));
  CHECK(contains(office.page_words(), "缺："));
  CHECK(has_verdict(office, "R25-class"));
  const std::size_t listed = verdicts_listed(office);
  office.turn("place.every_verdict", true);
  CHECK(verdicts_listed(office) > listed);
}

TEST_CASE("a verdict is explained at a press, as on the command line, and closed by the next") {
  Office office;
  open_verdicts(office);
  REQUIRE(has_verdict(office, "R46"));
  REQUIRE(has_verdict(office, "R28"));
  const std::string before = office.page_words();
  CHECK(lines_toned(office, blocks::Tone::accent) == 0);
  office.press("verdict.explain.R28");
  CHECK(lines_toned(office, blocks::Tone::accent) > 0);
  CHECK(contains(office.page_words(), "三率"));
  CHECK(contains(office.page_words(), "第三十九条"));
  CHECK(office.button("verdict.explain.R28").label == "收起");
  // Another one takes its place.
  office.press("verdict.explain.R46");
  CHECK(office.button("verdict.explain.R28").label == "为什么");
  CHECK(office.button("verdict.explain.R46").label == "收起");
  office.press("verdict.explain.R46");
  CHECK(office.page_words() == before);
}
