#include <xlsxwriter.h>

#include "app/sheets/read_sheet.h"
#include "db/records/choices/approved_plan.h"
#include "db/records/enumerations.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/common.h"
#include "db/records/handles/county_year.h"
#include "db/records/handles/fund_entry.h"
#include "db/records/handles/grant_contract.h"
#include "db/records/handles/restoration_task.h"
#include "tests/app/intake/office.h"

namespace kuangxun::tests {
namespace {

constexpr const char* limestone = "新疆特克斯县托斯马能萨依水泥用石灰岩矿";

}  // namespace

TEST_CASE("the restoration fund: money in yuan to the cent, days as people and spreadsheets write them") {
  Office office;
  const auto imported =
      office.import_csv("funds", std::string("矿山名称,日期,是否设立基金,计提（元）,使用（万元）,余额（元）,专户\n") +
                                     limestone + ",2024年3月31日,是,123456.78,—,123456.78,农行示例专户\n" + limestone +
                                     ",2024/6/30,,,1.5,108456.78,\n" + limestone + ",45565,,,,108456.78,\n" +
                                     limestone + ",20241231,,,,0,\n");
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  const auto entries = office.all(kinds::fund_entry);
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].display(records::fund_entry::set_aside_10k_yuan) == "12.345678 万元");
  CHECK(entries[0].display(records::fund_entry::dated) == "2024-03-31");
  CHECK(entries[1].display(records::fund_entry::dated) == "2024-06-30");
  CHECK(entries[2].display(records::fund_entry::dated) == "2024-09-30");
  CHECK(entries[3].display(records::fund_entry::dated) == "2024-12-31");
  CHECK(entries[3].integer(records::fund_entry::balance_10k_yuan) == 0);
  CHECK(contains(office.refusal("funds", std::string("矿山,日期,余额(万吨)\n") + limestone + ",2024-01-01,3\n"),
                 "对不上"));
  CHECK(contains(office.refusal("funds", std::string("矿山,日期,余额(元)\n") + limestone + ",2024-02-30,3\n"),
                 "不是日期"));
  CHECK(contains(office.refusal("funds", std::string("矿山,日期,余额(元)\n") + limestone + ",,3\n"), "必须填写"));
  CHECK(contains(office.refusal("funds", std::string("矿山,日期,余额(元)\n") + limestone + ",2024-01-01,1.234\n"),
                 "小数位数过多"));
}

TEST_CASE("plans, contracts, listings, stages and the county's figures") {
  Office office;
  const std::string name = limestone;
  const auto plans =
      office.import_csv("plans", "矿山名称,方案类型,方案名称,审批机关,批复日期,有效期起,有效期止\n" + name +
                                     ",三案合一,示例方案,自治区自然资源厅,2023-05-01,2023-05-01,2028-04-30\n" + name +
                                     ",土地复垦方案,旧方案,,2015-01-01,,2020-01-01\n");
  REQUIRE_MESSAGE(plans.ok(), plans.error().message());
  CHECK(office.all(kinds::approved_plan)[0].integer(records::approved_plan::plan_kind) ==
        records::approved_plan::merged);
  const auto contracts = office.import_csv(
      "contracts", "矿山名称,合同编号,签订日期,开发方式,资源利用,治理恢复,土地复垦,违约责任,招拍挂\n" + name +
                       ",示例-01,2022.3.1,有,有,√,是,无,是\n");
  REQUIRE_MESSAGE(contracts.ok(), contracts.error().message());
  CHECK(office.all(kinds::grant_contract)[0].display(records::grant_contract::states_liability) == "否");
  const auto listings =
      office.import_csv("listings", "矿山名称,级别,入库日期,公告文号\n" + name + ",自治区级,2021-01-20,示例公告\n");
  REQUIRE_MESSAGE(listings.ok(), listings.error().message());
  const auto stages =
      office.import_csv("stages", "矿山名称,阶段,起始日期,依据\n" + name + ",生产,2016-05-01,示例批复\n");
  REQUIRE_MESSAGE(stages.ok(), stages.error().message());
  CHECK(contains(office.refusal("stages", "矿山名称,阶段,起始日期\n" + name + ",飞行,2016-05-01\n"), "应为"));
  const auto county = office.import_csv(
      "county-years",
      "年度,矿业产值（亿元）,地质遗迹调查累计面积(公顷),累计新增铁矿石（吨）,数据来源\n2024,1.2,80000,5000,示例公报\n");
  REQUIRE_MESSAGE(county.ok(), county.error().message());
  const auto years = office.all(kinds::county_year);
  CHECK(years[0].display(records::county_year::output_value_10k_yuan) == "12000 万元");
  CHECK(years[0].display(records::county_year::surveyed_geoheritage_km2) == "800 km²");
  CHECK(years[0].display(records::county_year::new_iron_10kt) == "0.5 万吨");
  CHECK(contains(office.refusal("county-years", "年度,累计新增铁矿石（立方米）\n2024,5000\n"), "对不上"));
}

TEST_CASE("what a plan asks of each unit: by year, and at acceptance") {
  Office office;
  const std::string name = limestone;
  const std::string header =
      "矿山名称,方案,治理单元,年度,任务,任务面积（平方米）,标准项目,关系,标准值,标准单位,标准原文\n";
  CHECK(contains(office.refusal("tasks", header + name + ",,1号采坑,2027,削坡,2000,,,,,\n"), "还没有审批的方案"));
  REQUIRE(office
              .import_csv("plans", "矿山名称,方案类型,方案名称,批复文号,批复日期\n" + name +
                                       ",三案合一,示例方案,示例〔2023〕1号,2023-05-01\n")
              .ok());
  REQUIRE(office.enter(kinds::restoration_unit,
                       {{"parent", office.all(kinds::approved_plan)[0].reference(records::approved_plan::mine).text()},
                        {"name", "1号采坑"}}) == "");
  const std::string rows = name + ",,1号采坑,2027,削坡,2000,,,,,\n" + name +
                           ",,1 号采坑,,,,覆土厚度,≥,40,cm,不小于40厘米\n" + name +
                           ",示例〔2023〕1号,排土场,,,,植被覆盖度,不低于,35.5,%,\n";
  const auto imported = office.import_csv("tasks", header + rows);
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  CHECK(imported->added == 3);
  CHECK(imported->notes.empty());
  const auto tasks = office.all(kinds::restoration_task);
  REQUIRE(tasks.size() == 3);
  const Uuid plan = office.all(kinds::approved_plan)[0].id();
  const Uuid unit = office.all(kinds::restoration_unit)[0].id();
  for (const auto& task : tasks) CHECK(task.reference(records::restoration_task::plan) == plan);
  CHECK(tasks[0].display(records::common::area_ha) == "0.2 公顷");
  CHECK(tasks[0].integer(records::common::year) == 2027);
  CHECK(tasks[0].reference(records::restoration_task::unit) == unit);
  CHECK(tasks[1].reference(records::restoration_task::unit) == unit);
  CHECK(tasks[1].text(records::restoration_task::indicator) == "覆土厚度");
  CHECK(tasks[1].display(records::common::comparison) == "不低于");
  CHECK(tasks[1].display(records::common::value) == "40");
  CHECK(tasks[1].text(records::restoration_task::threshold_written) == "不小于40厘米");
  CHECK(!tasks[1].has(records::common::year));
  CHECK(!tasks[2].has(records::restoration_task::unit));
  CHECK(tasks[2].text(records::restoration_task::unit_written) == "排土场");
  // Once more: nothing new. Another threshold: shown, and taken only when told so.
  CHECK(office.import_csv("tasks", header + rows)->known == 3);
  const std::string other = header + name + ",,1 号采坑,,,,覆土厚度,≥,50,cm,不小于40厘米\n";
  const auto differing = office.import_csv("tasks", other);
  REQUIRE(differing.ok());
  CHECK(differing->is_stopped);
  REQUIRE(differing->differences.size() == 1);
  CHECK(differing->differences[0].here == "40");
  CHECK(differing->differences[0].given == "50");
  intake::ImportOptions replacing;
  replacing.differences = intake::Differences::replace;
  REQUIRE(office.import_csv("tasks", other, replacing).ok());
  CHECK(office.all(kinds::restoration_task)[1].display(records::restoration_task::value) == "50");
}

TEST_CASE("a row of tasks that nobody can place is refused, and the plan is named where there are two") {
  Office office;
  const std::string name = limestone;
  REQUIRE(office
              .import_csv("plans", "矿山名称,方案类型,方案名称,批复日期\n" + name + ",三案合一,新方案,2023-05-01\n" +
                                       name + ",土地复垦方案,旧方案,2015-01-01\n")
              .ok());
  CHECK(contains(office.refusal("tasks", "矿山名称,治理单元,任务\n" + name + ",1号采坑,削坡\n"), "有 2 个方案"));
  CHECK(contains(office.refusal("tasks", "矿山名称,方案,任务\n" + name + ",别的方案,削坡\n"), "现有：新方案、旧方案"));
  CHECK(
      contains(office.refusal("tasks", "矿山名称,方案,治理单元,标准值\n" + name + ",新方案,1号采坑,40\n"), "写明任务"));
  CHECK(
      contains(office.refusal("tasks", "矿山名称,方案,标准项目,关系,标准值\n" + name + ",新方案,坡度,<,40\n"), "应为"));
  const std::string twice = name + ",新方案,1号采坑,削坡\n";
  CHECK(contains(office.refusal("tasks", "矿山名称,方案,治理单元,任务\n" + twice + twice), "同一件事"));
  REQUIRE(office.import_csv("tasks", "矿山名称,方案,治理单元,任务\n" + twice).ok());
  CHECK(office.all(kinds::restoration_task).size() == 1);
}

TEST_CASE("a workbook with days, percentages, formulas and merged names") {
  Office office;
  const std::string path = (office.folder / "年报.xlsx").string();
  const auto write = [&](bool merges_a_value, const char* name) {
    lxw_workbook* book = workbook_new(path.c_str());
    lxw_worksheet* sheet = workbook_add_worksheet(book, "年报");
    lxw_format* percent = workbook_add_format(book);
    format_set_num_format(percent, "0%");
    lxw_format* as_day = workbook_add_format(book);
    format_set_num_format(as_day, "yyyy/m/d");
    const char* headings[] = {"矿山名称", "年度", "年产量（万吨）", "开采回采率", "报送日期"};
    for (int i = 0; i < 5; ++i) worksheet_write_string(sheet, 1, static_cast<lxw_col_t>(i), headings[i], nullptr);
    worksheet_write_string(sheet, 0, 0, "石灰岩矿年报", nullptr);
    worksheet_merge_range(sheet, 2, 0, 3, 0, name, nullptr);
    worksheet_write_number(sheet, 2, 1, 2023, as_day);
    worksheet_write_number(sheet, 3, 1, 2024, nullptr);
    worksheet_write_number(sheet, 2, 2, 41.2, nullptr);
    if (merges_a_value) {
      worksheet_merge_range(sheet, 2, 2, 3, 2, "", nullptr);
      worksheet_write_number(sheet, 2, 2, 41.2, nullptr);
    } else {
      worksheet_write_formula_num(sheet, 3, 2, "=C3+0.1", nullptr, 41.3);
    }
    worksheet_write_number(sheet, 2, 3, 0.955, percent);
    worksheet_write_number(sheet, 3, 4, 45717, as_day);
    REQUIRE(workbook_close(book) == LXW_NO_ERROR);
    return sheets::read_sheet(path);
  };
  const auto imported = office.import_sheet("returns", write(false, limestone));
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  const auto returns = office.all(kinds::annual_return);
  REQUIRE(returns.size() == 2);
  CHECK(returns[0].integer(records::common::year) == 2023);
  CHECK(returns[0].display(records::annual_return::mining_recovery_percent) == "95.5 %");
  CHECK(returns[1].display(records::annual_return::output) == "41.3");
  CHECK(returns[1].display(records::common::filed_on) == "2025-03-01");
  const auto merged = office.import_sheet("returns", write(true, limestone));
  REQUIRE(!merged.ok());
  CHECK(contains(merged.error().message(), "跨第 3—4 行合并"));
}

TEST_CASE("the template of every table comes home filled in") {
  Office office;
  for (const intake::TableKind& table : intake::table_kinds()) {
    CAPTURE(table.word);
    const auto text = intake::make_template(office.store, table, 2024);
    REQUIRE(text.ok());
    CHECK(text->starts_with("\xEF\xBB\xBF"));
    const auto sheet = sheets::parse_sheet(*text, "样表.csv");
    REQUIRE(sheet.ok());
    const auto imported = office.import_sheet(std::string(table.word).c_str(), sheet);
    // Nothing is filled in, and that is all that is wrong with it.
    CHECK(!imported.ok());
    const std::string& message = imported.error().message();
    CHECK_MESSAGE((contains(message, "没有数据") || contains(message, "必须填写")), message);
  }
  auto text = *intake::make_template(office.store, *intake::find_table_kind("returns"), 2024);
  const std::string empty_cell = std::string(limestone) + ",,2024,,万吨";
  REQUIRE(contains(text, empty_cell));
  text = replace_all(text, empty_cell, std::string(limestone) + ",,2024,41,万吨");
  const auto imported = office.import_csv("returns", text);
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  CHECK(imported->added == 1);
}

}  // namespace kuangxun::tests
