#include <algorithm>
#include <set>

#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

namespace {

constexpr auto list = "concurrent-restoration";

// The item of the green-mine check that asks for the mining recovery.
std::string recovery_item() {
  for (const auto& checklist : tests::catalogue().checklists()) {
    for (const auto& item : checklist.items) {
      if (checklist.id == "green-mine-check" && item.fact == "mining_recovery") return item.id;
    }
  }
  return {};
}

// C02 plan, C08 restores while producing, C39 to C41 wastes, C44 hazards: what R40 asks.
void answer_all(County& county, const Uuid& visit, std::string_view restores) {
  county.answer(visit, list, "C02", "yes");
  county.answer(visit, list, "C08", restores);
  for (const auto* item : {"C39", "C40", "C41", "C44"}) county.answer(visit, list, item, "yes");
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
  county.answer(later, list, "C40", "cannot-tell");
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
  county.answer(visit, "disclosure-check", "D48", "no");
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

TEST_CASE("every kind of visit has its checklist, and each points to rules and facts that exist") {
  const auto& lists = tests::catalogue().checklists();
  for (const auto& kind : records::visit_kind_enumeration.options) {
    const auto of_kind = [&](const Checklist& one) { return one.visit_kind == kind.code; };
    CHECK_MESSAGE(std::ranges::count_if(lists, of_kind) == 1, kind.code);
  }
  for (const auto& checklist : lists) {
    CHECK_MESSAGE(checklist.items.size() >= 9, checklist.id);
    for (const auto& item : checklist.items) {
      CHECK_FALSE(item.how.english.empty());
      CHECK_FALSE(item.source.empty());
      CHECK_FALSE((item.needs_photo && item.evidence.is_empty()));
      const bool feeds = tests::catalogue().asked().feeds.of(checklist.id, item.id) != nullptr;
      CHECK_MESSAGE(feeds == !item.fact.empty(), item.id);
    }
  }
}

TEST_CASE("the check of what is published asks for all that a licence and a sign on site carry") {
  const auto& lists = tests::catalogue().checklists();
  const auto disclosure = std::ranges::find(lists, "disclosure-check", &Checklist::id);
  REQUIRE(disclosure != lists.end());
  std::string questions;
  for (const auto& item : disclosure->items) {
    if (!item.is_retired()) questions += item.question.chinese + item.how.chinese;
  }
  for (const auto* field :
       {"采矿许可证号", "采矿权人名称", "地址", "矿山名称", "经济类型", "矿种", "开采方式", "生产规模", "面积",
        "拐点坐标", "标高", "有效期", "发证机关", "发证日期", "标识牌", "界桩", "异常名录", "3月31日"}) {
    CHECK_MESSAGE(has(questions, field), field);
  }
  const auto compared = std::ranges::count(disclosure->items, AnswerKind::compare, &ChecklistItem::answer);
  CHECK(compared >= 16);
}

TEST_CASE("no item asks people to conclude what only the office concludes, nor carries a figure that is not verified") {
  for (const auto& checklist : tests::catalogue().checklists()) {
    for (const auto& item : checklist.items) {
      for (const auto* word : {"是否违法", "是否合格", "验收结论", "处罚金额"}) {
        CHECK_MESSAGE(!has(item.question.chinese, word), item.id);
      }
      // Figures that were not found in any text at hand: without a source no rule may rest on them.
      for (const auto* figure : {"80 cm", "≥80", "60 cm", "的5%", "的10%", "0.20", "郁闭度"}) {
        CHECK_MESSAGE(!has(item.question.chinese + item.how.chinese, figure), item.id);
      }
    }
  }
}

TEST_CASE("a question that is asked has no negative, so that yes is always what should be") {
  for (const auto& checklist : tests::catalogue().checklists()) {
    for (const auto& item : checklist.items) {
      if (item.is_retired()) continue;
      for (const auto* word : {"是否没有", "是否未", "，没有", "，无", "或者没有"}) {
        CHECK_MESSAGE(!has(item.question.chinese, word), checklist.id, " ", item.id);
      }
      for (const auto* word : {"Is it free", "no sign", " none ", "nothing"}) {
        CHECK_MESSAGE(!has(item.question.english, word), checklist.id, " ", item.id);
      }
    }
  }
}

TEST_CASE("what took the place of a question that gave a fact gives that fact, or all its parts") {
  const auto& catalogue = tests::catalogue();
  std::size_t retired = 0;
  for (const auto& one_list : catalogue.checklists()) {
    for (const auto& item : one_list.items) {
      const auto* old = catalogue.asked().feeds.of(one_list.id, item.id);
      if (!item.is_retired() || old == nullptr) continue;
      ++retired;
      std::set<std::size_t> given;
      for (const auto& id : item.replaced_by) {
        const auto* feed = catalogue.asked().feeds.of(one_list.id, id);
        if (feed != nullptr) given.insert(feed->fact);
      }
      const auto& parts = catalogue.facts().definitions()[old->fact].all_of;
      const bool are_all =
          !parts.empty() && std::ranges::all_of(parts, [&](auto part) { return given.contains(part); });
      CHECK_MESSAGE((are_all || given.contains(old->fact)), one_list.id, " ", item.id);
    }
  }
  CHECK(retired >= 11);
}

TEST_CASE("a figure answered on site is the fact, in its unit and within what can be") {
  County county;
  const Uuid pit = county.mine("3-04");
  const auto recovery = [&](std::string_view figure, std::string_view unit) {
    const Uuid visit = county.add_visit(pit, "2025-05-01T10:00:00.000+08:00");
    const Uuid answer = county.add("checklist-answer", {{"visit", visit.text()},
                                                        {"checklist", "green-mine-check"},
                                                        {"item", recovery_item()},
                                                        {"measured", figure},
                                                        {"measured_unit", unit}});
    const Verdict verdict = county.verdict(pit, "R20", "2025-12-31");
    const history::Edit voiding{answer, records::kinds::checklist_answer, records::existence_group,
                                history::existence_values(true, "next"), county.store().read(answer)->seen_all()};
    REQUIRE(county.store().commit({&voiding, 1}, Uuid{}).ok());
    return verdict;
  };
  CHECK(recovery("95", "%").outcome == Outcome::pass);
  CHECK(recovery("94.9999", "%").outcome == Outcome::fail);
  const Verdict other_unit = recovery("0.96", "1");
  CHECK(other_unit.outcome == Outcome::unknown);
  CHECK(has(other_unit.reason + other_unit.missing.at(0), "unit"));
  const Verdict too_great = recovery("950", "%");
  CHECK(too_great.outcome == Outcome::unknown);
  CHECK(has(too_great.reason + too_great.missing.at(0), "out of range"));
  CHECK(recovery("-1", "%").outcome == Outcome::unknown);
}
