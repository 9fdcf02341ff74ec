#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a project's progress stands beside the plan's figures and is never mixed with them") {
  Office office;
  std::string project;
  blocks::walk(office.tree(), [&](const blocks::Block& block) {
    const auto* row = std::get_if<blocks::Row>(&block.shape);
    if (row != nullptr && project.empty() && contains(row->detail, "修复项目")) project = row->name;
  });
  office.press(project);
  office.open_place_tab("restoration");
  const std::string words = office.page_words();
  CAPTURE(words);
  CHECK(contains(words, "本处已完工 | 0 公顷"));
  CHECK(contains(words, "9.4 公顷"));
  CHECK(contains(words, "36.57 公顷"));
  CHECK(contains(words, "还没有治理单元。"));
  CHECK(office.button("place.add_unit").enabled);
}

TEST_CASE("a unit that is added stands on the page, marked as an example when it is one") {
  Office office;
  office.open_example_place();
  office.open_place_tab("restoration");
  CHECK(contains(office.page_words(), "示例一区"));
  CHECK(contains(office.page_words(), "未记录"));
}
