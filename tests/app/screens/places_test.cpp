#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

TEST_CASE("a place is found by typing Chinese, by the township's official name for a printed alias, or by mineral") {
  Office office;
  const std::size_t all = office.view().places.places.size();
  CHECK(all >= 16 + 13 + 6);
  office.write(Slot::search, "阔拉萨依铁矿");
  REQUIRE(office.view().places.places.size() < 5);
  CHECK(office.view().places.places[0].title == "新疆特克斯阔拉萨依铁矿");
  CHECK(contains(office.view().places.places[0].detail, "采矿权 · 铁矿 · 计划开工"));
  office.write(Slot::search, "石灰岩");
  CHECK(office.view().places.places.size() >= 1);
  CHECK(office.view().places.places.size() < all);
  office.write(Slot::search, "没有这样的地方");
  CHECK(office.view().places.places.empty());
  CHECK(contains(office.view().places.count, "没有找到"));
  office.write(Slot::search, "");
  CHECK(office.view().places.places.size() == all);
}

TEST_CASE("a place that is opened has its pages in their order, and what is doubtful about it stands above them") {
  Office office;
  office.press({screens::Command::open_place, office.mine("3-02"), {}});
  REQUIRE(office.view().place);
  std::vector<std::string> tabs;
  for (const screens::Option& tab : office.view().place->tabs.options) tabs.push_back(tab.key);
  CHECK(tabs == std::vector<std::string>{"register", "verdicts", "restoration", "visits", "papers", "green"});
  CHECK_FALSE(office.view().place->notes.empty());
}

TEST_CASE("a place that a person adds is an example only when the person says so") {
  Office office;
  office.open_example_place();
  CHECK(office.view().place->badges[0].word == "示例");
  office.press(office.view().places.add);
  office.write(Slot::place_name, "无名采坑");
  office.press(*office.view().dialog->confirm);
  CHECK(office.view().place->title == "无名采坑");
  CHECK(office.view().place->badges[0].word == "仅在本机");
}

TEST_CASE("a dialog without a name cannot be confirmed and says why") {
  Office office;
  office.press(office.view().places.add);
  REQUIRE(office.view().dialog);
  CHECK_FALSE(office.view().dialog->confirm->enabled);
  CHECK_FALSE(office.view().dialog->confirm->hint.empty());
  office.press(*office.view().dialog->cancel);
  CHECK_FALSE(office.view().dialog);
}
