#include "app/inspect/place/plan_tasks.h"

#include <doctest/doctest.h>

#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

// A mine with one unit and one plan.
struct Restoration {
  FieldDay day;
  Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}});
  Uuid unit = day.entered(kinds::restoration_unit, {{"parent", mine.text()}, {"name", "1号采坑"}});
  Uuid plan = day.entered(kinds::approved_plan, {{"mine", mine.text()},
                                                 {"plan_kind", "merged"},
                                                 {"title", "示例方案"},
                                                 {"document_number", "示例〔2023〕1号"},
                                                 {"valid_to", "2028-04-30"}});
  Uuid asks(FieldDay::Fields fields) { return day.entered(kinds::restoration_task, fields); }
  std::vector<std::string> asked(const char* on = "2026-05-01") {
    const auto view = day.store.read(unit);
    REQUIRE(view.ok());
    const auto texts = inspect::asked_of_unit(day.store, view->record, *parse_day(on));
    REQUIRE(texts.ok());
    return *texts;
  }
};

}  // namespace

TEST_CASE("what the plan asks of a unit: thresholds first, then the tasks by year, with the plan's name") {
  Restoration mine;
  CHECK(mine.asked().empty());
  mine.asks(
      {{"plan", mine.plan.text()}, {"unit", mine.unit.text()}, {"year", "2027"}, {"task", "削坡"}, {"area_ha", "0.2"}});
  mine.asks({{"plan", mine.plan.text()}, {"unit", mine.unit.text()}, {"year", "2026"}, {"task", "覆土"}});
  // Typed without the reference: by the name that is written.
  mine.asks({{"plan", mine.plan.text()},
             {"unit_written", "1号采坑"},
             {"indicator", "覆土厚度"},
             {"comparison", "at-least"},
             {"value", "40"},
             {"value_unit", "cm"},
             {"threshold_written", "不小于40厘米"}});
  const auto asked = mine.asked();
  REQUIRE(asked.size() == 3);
  CHECK(asked[0] == "覆土厚度 不低于 40 cm（原文：不小于40厘米）（示例方案，示例〔2023〕1号）");
  CHECK(asked[1] == "2026 年：覆土（示例方案，示例〔2023〕1号）");
  CHECK(asked[2] == "2027 年：削坡 0.2 公顷（示例方案，示例〔2023〕1号）");
}

TEST_CASE("what is void, another unit's or another mine's is not asked, and a plan that ran out says so") {
  Restoration mine;
  mine.asks({{"plan", mine.plan.text()}, {"unit_written", "2号采坑"}, {"task", "削坡"}});
  const Uuid wrong = mine.asks({{"plan", mine.plan.text()}, {"unit", mine.unit.text()}, {"task", "误录"}});
  REQUIRE(mine.day.act("record.void", wrong, {}, "误录").empty());
  // No unit is named at all: nobody knows whose it is.
  mine.asks({{"plan", mine.plan.text()}, {"task", "全矿绿化"}});
  const Uuid other = mine.day.entered(kinds::mining_right, {{"name", "别的矿"}});
  const Uuid others = mine.day.entered(kinds::approved_plan, {{"mine", other.text()}, {"plan_kind", "merged"}});
  mine.day.entered(kinds::restoration_task,
                   {{"plan", others.text()}, {"unit_written", "1号采坑"}, {"task", "别的矿的"}});
  CHECK(mine.asked().empty());
  mine.asks({{"plan", mine.plan.text()}, {"unit", mine.unit.text()}, {"task", "削坡"}});
  CHECK(mine.asked("2028-04-30") == std::vector<std::string>{"削坡（示例方案，示例〔2023〕1号）"});
  CHECK(mine.asked("2028-05-01") ==
        std::vector<std::string>{"削坡（示例方案，示例〔2023〕1号，适用期至 2028-04-30，已过）"});
  REQUIRE(mine.day.act("record.void", mine.plan, {}, "方案撤回").empty());
  CHECK(mine.asked().empty());
}

}  // namespace kuangxun::tests
