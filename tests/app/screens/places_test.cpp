#include <algorithm>

#include "db/records/handles/mining_right.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

const screens::VerdictView* find_verdict(const screens::PlaceView& place, std::string_view rule) {
  for (const screens::VerdictView& verdict : place.verdicts) {
    if (verdict.rule == rule) return &verdict;
  }
  return nullptr;
}

void open_iron_mine(Office& office) {
  office.press({screens::Command::open_place, office.mine("3-02"), {}});
  REQUIRE(office.view().place);
}

}  // namespace

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

TEST_CASE("a mine of the register shows each value, what is printed, and where it stands") {
  Office office;
  open_iron_mine(office);
  const std::string facts = all_text(office.view().place->facts);
  CAPTURE(facts);
  CHECK(contains(facts, "生产规模 | 30 万吨/年 | 原文“30 万吨/年”"));
  CHECK(contains(facts, "专栏 3 第 2 行"));
  CHECK(contains(facts, "开采方式 | 未填"));
  CHECK_FALSE(office.view().place->notes.empty());
}

TEST_CASE("verdicts come with reason, clause and whether it is in force; a method set by a person decides the class") {
  Office office;
  open_iron_mine(office);
  office.write(Slot::place_tab, "verdicts");
  CHECK(contains(office.view().place->verdicts_summary, "无法判定"));
  REQUIRE_FALSE(office.view().place->verdicts.empty());
  std::size_t unknown_before = 0;
  for (const screens::VerdictView& verdict : office.view().place->verdicts) {
    CHECK_FALSE(verdict.reason.empty());
    CHECK_FALSE(verdict.clause.empty());
    CHECK_FALSE(verdict.basis.empty());
    if (verdict.outcome.tone == screens::Tone::unsure) {
      ++unknown_before;
      CHECK_FALSE(verdict.missing.empty());
    }
  }
  CHECK(unknown_before > 0);
  CHECK(find_verdict(*office.view().place, "R25-class") != nullptr);
  const std::size_t listed = office.view().place->verdicts.size();
  office.write(Slot::every_verdict, "yes");
  CHECK(office.view().place->verdicts.size() > listed);

  office.write(Slot::place_tab, "register");
  office.choose(office.view().place->choices[0], "underground");
  CHECK(office.message().empty());
  CHECK(contains(all_text(office.view().place->facts), "开采方式 | 地下开采"));
  CHECK(office.store->read(office.mine("3-02"))->record.integer(records::mining_right::mining_method) == 2);
  SUBCASE("and can be taken back") {
    office.choose(office.view().place->choices[0], "none");
    CHECK(contains(all_text(office.view().place->facts), "开采方式 | 未填"));
  }
}

TEST_CASE("a project's progress stands beside the plan's figures and is never mixed with them") {
  Office office;
  const auto& places = office.view().places.places;
  const auto project =
      std::ranges::find_if(places, [](const screens::Row& row) { return contains(row.detail, "修复项目"); });
  REQUIRE(project != places.end());
  const screens::Press open = project->press;
  office.press(open);
  office.write(Slot::place_tab, "restoration");
  const std::string facts = all_text(office.view().place->restoration);
  CAPTURE(facts);
  CHECK(contains(facts, "本处已完工 | 0 公顷"));
  CHECK(contains(facts, "9.4 公顷"));
  CHECK(contains(facts, "36.57 公顷"));
  CHECK(office.view().place->can_have_units);
}

TEST_CASE("the county's own rules have their page") {
  Office office;
  office.press(office.view().pages[1]);
  CHECK(office.view().page == screens::Page::county);
  CHECK_FALSE(office.view().county.verdicts.empty());
}

TEST_CASE("a place that a person adds is an example only when the person says so") {
  Office office;
  office.open_example_place();
  CHECK(office.view().place->badges[0].word == "示例");
  office.press(office.view().places.add);
  office.write(Slot::place_name, "无名采坑");
  office.press(*office.view().dialog->confirm);
  CHECK(office.view().place->title == "无名采坑");
  CHECK(office.view().place->badges[0].word == "只在本机");
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

TEST_CASE("a verdict is explained at a press, as on the command line, and closed by the next") {
  Office office;
  open_iron_mine(office);
  office.write(Slot::place_tab, "verdicts");
  REQUIRE(find_verdict(*office.view().place, "R46"));
  REQUIRE(find_verdict(*office.view().place, "R28"));
  CHECK(find_verdict(*office.view().place, "R28")->explanation.empty());
  office.press(screens::Button(find_verdict(*office.view().place, "R28")->explain));
  std::string told;
  for (const std::string& line : find_verdict(*office.view().place, "R28")->explanation) told += line + "\n";
  CHECK(contains(told, "三率"));
  CHECK(contains(told, "第三十九条"));
  CHECK(find_verdict(*office.view().place, "R46")->explanation.empty());
  // Another one takes its place.
  office.press(screens::Button(find_verdict(*office.view().place, "R46")->explain));
  CHECK(find_verdict(*office.view().place, "R28")->explanation.empty());
  CHECK_FALSE(find_verdict(*office.view().place, "R46")->explanation.empty());
  office.press(screens::Button(find_verdict(*office.view().place, "R46")->explain));
  CHECK(find_verdict(*office.view().place, "R46")->explanation.empty());
}
