#include "app/green/assessment.h"

#include <doctest/doctest.h>

#include "app/green/steps.h"
#include "app/inspect/edit/edit.h"
#include "db/base/text.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_item.h"
#include "db/records/handles/green_tier.h"
#include "db/records/kinds_green.h"
#include "tests/app/green/invented.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using green::Against;

namespace {

std::vector<green::ItemEntry> all_at(const std::vector<InventedRow>& rows, double share) {
  std::vector<green::ItemEntry> entries;
  for (const InventedRow& row : rows) {
    const auto marks = static_cast<int>(std::stoi(row.marks) * share * 10);
    entries.push_back({row.number, std::to_string(marks / 10) + "." + std::to_string(marks % 10), ""});
  }
  return entries;
}

}  // namespace

TEST_CASE("before the office has filled in a table: marks are entered n of N, and there is no total") {
  GreenDay day;
  const Uuid id = day.assess();
  CHECK(day.mark(id, {{"3", "4.5", "示例台账"}, {"4", "na", ""}, {"P1a", "yes", "示例执照"}}).empty());
  const auto assessment = day.read_back(id);
  CHECK(green::entered_text(assessment) == "已填 2 / 100 项");
  CHECK_FALSE(assessment.standing);
  CHECK(contains(join(assessment.no_total, "\n"), "没有指标表"));
  CHECK(assessment.record.integer(records::green_assessment::is_example) == 1);  // as its mine is
  CHECK(assessment.preconditions[0].answer == 1);
  CHECK(assessment.preconditions[0].evidence == "示例执照");
  CHECK(contains(day.mark(id, {{"101", "1", ""}}), "只有 100 项"));
}

TEST_CASE("with a table: totals, floors and the line, each with where the line comes from") {
  GreenDay day;
  const auto rows = invented_rows();
  const Uuid table = day.import(rows);
  const Uuid id = day.assess(table);
  CHECK(day.mark(id, all_at(rows, 1)).empty());
  auto assessment = day.read_back(id);
  REQUIRE(assessment.standing);
  CHECK(assessment.standing->against == Against::not_below);
  CHECK(contains(assessment.line_source, "原则上"));
  CHECK(contains(join(assessment.notes, "\n"), "虚构"));
  // The region's own line, with its ground, stays with the assessment.
  const std::vector<inspect::FieldText> line = {
      {"pass_total", "1000"}, {"floor_percent", "100"}, {"line_source", "示例文号"}};
  REQUIRE(inspect::set_fields(day.desk, id, line).ok());
  CHECK(day.mark(id, {{"1", "11.9", ""}}).empty());
  assessment = day.read_back(id);
  CHECK(assessment.line_source == "示例文号");
  CHECK(assessment.standing->against == Against::below);
  CHECK(assessment.entered == 100);  // entered again, not a second time
}

TEST_CASE("an assessment keeps the version of the table it used; an imported table is never edited") {
  GreenDay day;
  auto rows = invented_rows();
  const Uuid first = day.import(rows);
  const Uuid id = day.assess(first);
  REQUIRE(day.mark(id, all_at(rows, 1)).empty());
  std::swap(rows[0].third, rows[1].third);
  rows[0].marks = "11";
  rows[1].marks = "13";
  const Uuid second = day.import(rows, "虚构第二版");
  CHECK(day.read_back(id).table->record.id() == first);
  CHECK(day.read_back(id).standing->readings[0].total.low == 1000'00);
  CHECK(day.read_back(day.assess(second)).table->table.find(1)->full_marks == 11'00);
  const auto versions = green::tables_of(day.store, library(), "national-2020");
  REQUIRE(versions.ok());
  CHECK(versions->size() == 2);
  const auto item = day.store.list_where(kinds::green_item, records::green_item::item_table, first)->front();
  const std::vector<inspect::FieldText> change = {{"full_marks", "50"}};
  const auto refused = inspect::set_fields(day.desk, item.id(), change);
  REQUIRE_FALSE(refused.ok());
  CHECK(contains(refused.error().message(), "导入新版本"));
  const std::vector<inspect::FieldText> rename = {{"item_count", "3"}};
  CHECK_FALSE(inspect::set_fields(day.desk, first, rename).ok());
  const std::vector<inspect::FieldText> rule = {{"na_rule", "zero"}, {"na_source", "示例文号"}};
  CHECK(inspect::set_fields(day.desk, first, rule).ok());
}

TEST_CASE("an invented table is used only when it is named, and marks all that rests on it as an example") {
  GreenDay day;
  const Uuid table = day.import(invented_rows());
  CHECK_FALSE(day.read_back(day.assess()).table);
  const Uuid real_mine = day.entered(kinds::mining_right, {{"name", "另一矿"}});
  const auto id =
      green::begin_assessment(day.desk, library(), {real_mine, 1, "national-2020", "2021-05-01", "", table});
  REQUIRE(id.ok());
  CHECK(day.read_back(*id).record.integer(records::common::is_example) == 1);
}

TEST_CASE("a table of which items are missing here gives no total") {
  GreenDay day;
  const Uuid table = day.import(invented_rows());
  const Uuid id = day.assess(table);
  const auto item = day.store.list_where(kinds::green_item, records::green_item::item_table, table)->front();
  REQUIRE(inspect::void_record(day.desk, item.id(), "示例：录错").ok());
  const auto assessment = day.read_back(id);
  CHECK_FALSE(assessment.standing);
  CHECK(contains(join(assessment.no_total, "\n"), "导入时有 100 项，本机有 99 项"));
}

TEST_CASE("wrong entries are refused with the item's name, and none of them is written") {
  GreenDay day;
  auto rows = invented_rows();
  rows[49].veto = "是";
  const Uuid id = day.assess(day.import(rows));
  const std::uint64_t before = day.operations();
  CHECK(contains(day.mark(id, {{"2", "5", ""}, {"1", "12.01", ""}}), "1：得分 12.01 超过满分 12"));
  CHECK(contains(day.mark(id, {{"1", "-1", ""}}), "负数"));
  CHECK(contains(day.mark(id, {{"1", "１", ""}}), "不是数"));
  CHECK(contains(day.mark(id, {{"1", "yes", ""}}), "一票否决项"));
  CHECK(contains(day.mark(id, {{"P9z", "yes", ""}}), "没有这一项"));
  CHECK(contains(day.mark(id, {{"P1a", "3", ""}}), "yes、no"));
  CHECK(contains(day.mark(id, {{"P4b", "-3", ""}}), "负数"));
  CHECK(contains(day.mark(id, {{"1", "1", ""}, {"01", "2", ""}}), "写了两次"));
  CHECK(day.operations() == before);
  CHECK(day.mark(id, {{"50", "no", ""}}).empty());
  CHECK(day.read_back(id).standing->vetoes_not_met == std::vector<std::int64_t>{50});
  CHECK(day.mark(id, {{"50", "yes", ""}}).empty());
  CHECK(day.read_back(id).standing->vetoes_not_met.empty());
}

TEST_CASE("two laptops that entered one item differently: it counts as not entered until somebody enters it again") {
  GreenDay day;
  const Uuid id = day.assess(day.import(invented_rows()));
  for (const char* marks : {"5", "6"}) {
    REQUIRE(day.enter(kinds::green_score, {{"assessment", id.text()}, {"item", "7"}, {"score", marks}}).empty());
  }
  auto assessment = day.read_back(id);
  CHECK(assessment.entered == 0);
  CHECK(contains(join(assessment.notes, "\n"), "第 7 项有两种不同的填写"));
  CHECK(day.mark(id, {{"7", "6", ""}}).empty());
  assessment = day.read_back(id);
  CHECK(assessment.entered == 1);
  CHECK(assessment.scores.at(7).marks == 6'00);
}

TEST_CASE("the steps stand by date, out of order is said, and the team is held against what is asked of it") {
  GreenDay day;
  const Uuid id = day.assess();
  const auto step = [&](const std::string& name, std::vector<inspect::FieldText> fields) {
    const auto added = green::add_step(day.desk, id, name, std::move(fields));
    return added.ok() ? std::string() : added.error().message();
  };
  CHECK(contains(green::stage_text(day.read_back(id).steps), "尚无"));
  CHECK(step("self-assessment", {{"done_on", "2025-05-10"}, {"done_by", "示例矿方"}, {"document", "示例自评报告"}})
            .empty());
  CHECK(step("third-party", {{"done_on", "2025-07-01"},
                             {"done_by", "示例机构"},
                             {"team_size", "5"},
                             {"team_intermediate", "4"},
                             {"team_senior", "2"}})
            .empty());
  CHECK(step("county-opinion", {{"done_on", "2025-08-01"}, {"done_by", "示例检查员"}, {"result", "示例意见"}}).empty());
  CHECK(contains(step("self-assessment", {{"done_by", "示例"}}), "日期"));
  CHECK(contains(step("listing", {}), "没有环节“listing”"));
  auto steps = day.read_back(id).steps;
  CHECK(contains(green::stage_text(steps), "第三方评估"));  // the county's opinion is no step of the road
  const auto team = green::team_findings(steps[1]);
  REQUIRE(team.size() == 4);
  CHECK_FALSE(team[0].is_short);
  CHECK(team[1].is_short);  // 4 of 5
  CHECK_FALSE(team[2].is_short);
  CHECK(team[3].is_missing);
  CHECK(green::order_findings(steps).empty());
  CHECK(step("prefecture-review", {{"done_on", "2025-05-01"}, {"done_by", "示例地州局"}}).empty());
  CHECK(contains(join(day.read_back(id).notes, "\n"), "“地州初审”的日期早于“企业自评”"));
}

TEST_CASE("a tier is set by a person with a reason; a later one does not wipe out the earlier") {
  GreenDay day;
  const auto set = [&](green::NewTier tier) {
    tier.mine = day.mine;
    const auto done = green::set_tier(day.desk, tier);
    return done.ok() ? std::string() : done.error().message();
  };
  CHECK(contains(set({{}, "recommend", " ", "2025-01-01", "示例检查员", {}}), "理由"));
  CHECK(contains(set({{}, "recommend", "示例理由", "2025-01-01", "", {}}), "确定人"));
  CHECK(contains(set({{}, "best", "示例理由", "2025-01-01", "示例检查员", {}}), "没有梯次"));
  CHECK(set({{}, "supervise", "示例：基础条件较差", "2025-01-01", "示例检查员", {}}).empty());
  CHECK(set({{}, "cultivate", "示例：已整改", "2025-06-01", "示例检查员", {}}).empty());
  const auto tiers = green::tiers_of(day.store, day.mine);
  REQUIRE(tiers.ok());
  REQUIRE(tiers->size() == 2);
  CHECK(tiers->front().display(records::green_tier::tier) == "培育");
  CHECK(tiers->back().text(records::common::reason) == "示例：基础条件较差");
}

TEST_CASE("a table is imported whole or not at all, and says where it was copied from") {
  GreenDay day;
  auto rows = invented_rows();
  const std::uint64_t before = day.operations();
  const auto refused = green::import_table(day.desk, read_rows(rows), {"", "", "t.csv", true});
  CHECK(contains(refused.error().message(), "录自"));
  rows[3].marks = "１";
  rows[4].marks = "3月5日";
  const auto damaged = green::import_table(day.desk, read_rows(rows), {"", "虚构文本", "t.csv", true});
  CHECK(contains(damaged.error().message(), "第 5 行"));
  CHECK(contains(damaged.error().message(), "共 2 处"));
  CHECK(day.operations() == before);
}

TEST_CASE("an assessment says when its index was not surely in force, and needs it named where two may have been") {
  GreenDay day;
  const auto begin = [&](const std::string& index, const std::string& on, std::int64_t level = 1) {
    return green::begin_assessment(day.desk, library(), {day.mine, level, index, on, "", {}});
  };
  CHECK(contains(begin("", "2024-06-01").error().message(), "不能确定"));
  const auto named = begin("national-2024", "2024-06-01");
  REQUIRE(named.ok());
  CHECK(contains(join(day.read_back(*named).notes, "\n"), "没有核实"));
  CHECK(contains(join(day.read_back(*named).notes, "\n"), "先决条件原文未取得"));
  CHECK(contains(begin("xinjiang", "2026-01-01", 1).error().message(), "自治区级"));
  const auto regional = begin("", "2026-01-01", 2);
  REQUIRE(regional.ok());
  CHECK(contains(green::entered_text(day.read_back(*regional)), "总数不知道"));
  CHECK(contains(begin("", "2024-02-30").error().message(), "2024-02-30"));
}
