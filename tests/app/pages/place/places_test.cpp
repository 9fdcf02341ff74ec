#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

std::size_t count_places(const Office& office) {
  std::size_t count = 0;
  while (office.find<blocks::Row>("places.row." + std::to_string(count)) != nullptr) ++count;
  return count;
}

}  // namespace

TEST_CASE("a place is found by typing Chinese, by the township's official name for a printed alias, or by mineral") {
  Office office;
  const std::size_t all = count_places(office);
  CHECK(all >= 16 + 13 + 6);
  office.fill("places.search", "阔拉萨依铁矿");
  REQUIRE(count_places(office) < 5);
  CHECK(office.row("places.row.0").title == "新疆特克斯阔拉萨依铁矿");
  CHECK(contains(office.row("places.row.0").detail, "采矿权 · 铁矿 · 计划开工"));
  office.fill("places.search", "石灰岩");
  CHECK(count_places(office) >= 1);
  CHECK(count_places(office) < all);
  office.fill("places.search", "没有这样的地方");
  CHECK(count_places(office) == 0);
  CHECK(contains(blocks::words_of(office.tree()), "没有找到"));
  office.fill("places.search", "");
  CHECK(count_places(office) == all);
}

TEST_CASE("a place that is opened has its pages in their order, and what is doubtful about it stands above them") {
  Office office;
  office.fill("places.search", "阔拉萨依铁矿");
  office.press("places.row.0");
  CHECK(office.row("places.row.0").is_selected);
  CHECK(office.place_tabs() ==
        std::vector<std::string>{"register", "verdicts", "restoration", "visits", "papers", "green"});
  const auto count_notices = [&] {
    std::size_t count = 0;
    blocks::walk(office.tree(), [&](const blocks::Block& block) {
      count += std::holds_alternative<blocks::Notice>(block.shape) ? 1 : 0;
    });
    return count;
  };
  CHECK(count_notices() > 0);
  // A page with notes of its own has the room.
  office.open_place_tab("green");
  CHECK(count_notices() == 0);
}

TEST_CASE("a place that a person adds is opened and listed, and an example only when the person says so") {
  Office office;
  office.open_example_place();
  CHECK(contains(blocks::words_of(office.tree()), "\n示例采坑\n历史遗留矿山\n示例\n仅在本机\n"));
  office.fill("places.search", "铁矿");
  office.press("places.add");
  office.fill("dialog.place_name", "无名采坑");
  office.press("dialog.confirm");
  CHECK_FALSE(office.has_dialog());
  const std::string words = blocks::words_of(office.tree());
  const std::size_t head = words.rfind("\n无名采坑\n");
  REQUIRE(head != std::string::npos);
  const std::string badges = words.substr(head, words.find("仅在本机\n", head) - head);
  CHECK(badges.find("示例") == std::string::npos);
  CHECK(office.entry("places.search").text.empty());  // the list shows it
}
