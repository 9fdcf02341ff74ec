#include "tests/app/criteria/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using tests::County;
using tests::has;
using tests::input;

namespace {

constexpr auto list = "concurrent-restoration";

// C02 plan, C08 restores while producing, C14 wastes, C17 hazards: what R40 asks.
void answer_all(County& county, const Uuid& visit, std::string_view restores) {
  county.answer(visit, list, "C02", "yes");
  county.answer(visit, list, "C08", restores);
  county.answer(visit, list, "C14", "yes");
  county.answer(visit, list, "C17", "yes");
}

}  // namespace

TEST_CASE("the answers of a visit decide the rules they feed, at once") {
  County county;
  const Uuid mine = county.mine("3-03");
  CHECK(county.verdict(mine, "R40", "2026-05-02").outcome == Outcome::unknown);
  const Uuid visit = county.add_visit(mine, "2026-05-01T10:00:00.000+08:00");
  county.answer(visit, list, "C08", "no");
  const Verdict one_is_enough = county.verdict(mine, "R40", "2026-05-02");
  CHECK(one_is_enough.outcome == Outcome::fail);
  CHECK(input(one_is_enough, "restores_while_producing") == "no");
  CHECK(input(one_is_enough, "wastes_meet_standard") == "unknown");
}

TEST_CASE("the newest visit up to the day decides; older answers fill what it left open") {
  County county;
  const Uuid mine = county.mine("3-03");
  answer_all(county, county.add_visit(mine, "2024-05-01T10:00:00.000+08:00"), "no");
  CHECK(county.verdict(mine, "R40", "2024-12-31").outcome == Outcome::fail);
  const Uuid later = county.add_visit(mine, "2025-05-01T10:00:00.000+08:00");
  county.answer(later, list, "C08", "yes");
  county.answer(later, list, "C14", "cannot-tell");
  CHECK(county.verdict(mine, "R40", "2025-12-31").outcome == Outcome::pass);
  CHECK(county.verdict(mine, "R40", "2024-12-31").outcome == Outcome::fail);
  CHECK(county.verdict(mine, "R40", "2024-04-30").outcome == Outcome::unknown);
}

TEST_CASE("an item that asks for the opposite turns the answer round") {
  County county;
  const Uuid mine = county.mine("3-03");
  const Uuid visit = county.add_visit(mine, "2025-05-01T10:00:00.000+08:00");
  county.answer(visit, list, "C25", "yes");  // outside red lines
  CHECK(county.verdict(mine, "R38", "2025-12-31").outcome == Outcome::pass);
  CHECK(input(county.verdict(mine, "R38", "2025-12-31"), "overlaps_red_line") == "no");
}

TEST_CASE("two answers of one visit that differ leave the fact unknown") {
  County county;
  const Uuid mine = county.mine("3-03");
  const Uuid visit = county.add_visit(mine, "2025-05-01T10:00:00.000+08:00");
  county.answer(visit, list, "C06", "yes");
  CHECK(county.verdict(mine, "R42", "2025-12-31").outcome == Outcome::pass);
  county.answer(visit, "disclosure-check", "D31", "no");
  const Verdict differ = county.verdict(mine, "R42", "2025-12-31");
  CHECK(differ.outcome == Outcome::unknown);
  CHECK(has(differ.missing.at(0), "differ"));
}

TEST_CASE("a disputed answer is unknown, a voided one is as if never given") {
  County county;
  const Uuid mine = county.mine("3-03");
  const Uuid visit = county.add_visit(mine, "2025-05-01T10:00:00.000+08:00");
  const Uuid answer = county.answer(visit, list, "C06", "yes");
  county.set_unseen(answer, {"answer", "no"});
  const Verdict disputed = county.verdict(mine, "R42", "2025-12-31");
  CHECK(disputed.outcome == Outcome::unknown);
  CHECK(has(disputed.reason, "dispute"));
  county.set(answer, {"answer", "no"});
  CHECK(county.verdict(mine, "R42", "2025-12-31").outcome == Outcome::fail);
  const history::Edit voiding{answer, records::find_kind("checklist-answer")->number, records::existence_group,
                              history::existence_values(true, "wrong mine"), county.store().read(answer)->seen_all()};
  REQUIRE(county.store().commit({&voiding, 1}, Uuid{}).ok());
  CHECK(county.verdict(mine, "R42", "2025-12-31").outcome == Outcome::unknown);
}

TEST_CASE("a verdict that rests on example data says so") {
  County county;
  const Uuid mine = county.mine("3-03");
  const Uuid visit = county.add("visit", {{"place", mine.text()},
                                          {"visit_kind", "concurrent-restoration"},
                                          {"started_at", "2025-05-01T10:00:00.000+08:00"},
                                          {"is_example", "true"}});
  county.answer(visit, list, "C06", "yes");
  const Verdict fund = county.verdict(mine, "R42", "2025-12-31");
  CHECK(fund.uses_example_data);
  CHECK(has(fund.reason, "example data"));
  CHECK_FALSE(county.verdict(mine, "R45", "2025-12-31").uses_example_data);
}

TEST_CASE("both checklists are complete and point to rules and facts that exist") {
  const auto& lists = tests::catalogue().checklists();
  REQUIRE(lists.size() == 2);
  const auto& disclosure = lists[0];
  CHECK(disclosure.visit_kind == "disclosure-check");
  // What a licence and a sign on site carry.
  std::string questions;
  for (const auto& item : disclosure.items) questions += item.question.chinese;
  for (const auto* field :
       {"采矿许可证号", "采矿权人名称", "地址", "矿山名称", "经济类型", "矿种", "开采方式", "生产规模", "面积",
        "拐点坐标", "标高", "有效期", "发证机关", "发证日期", "标识牌", "界桩", "异常名录", "3月31日"}) {
    CHECK_MESSAGE(has(questions, field), field);
  }
  std::size_t compared = 0;
  for (const auto& item : disclosure.items) compared += item.answer == AnswerKind::compare ? 1U : 0U;
  CHECK(compared >= 16);
  const auto& restoration = lists[1];
  CHECK(restoration.visit_kind == "concurrent-restoration");
  for (const auto* item : {"C02", "C08", "C14", "C17"}) {
    REQUIRE(restoration.find(item) != nullptr);
    CHECK(tests::catalogue().feed_of(restoration.id, item) != nullptr);
  }
  for (const auto& checklist : lists) {
    for (const auto& item : checklist.items) {
      CHECK_FALSE(item.how.english.empty());
      CHECK_FALSE(item.source.empty());
    }
  }
}
