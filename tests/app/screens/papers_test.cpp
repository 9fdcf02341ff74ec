#include <algorithm>

#include "db/records/handles/annual_return.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/county_year.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/kinds.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

const screens::TextEntry& entry(const screens::PaperView& paper, std::string_view field) {
  const auto found = std::ranges::find_if(paper.entries, [&](const auto& one) { return one.at.field == field; });
  REQUIRE(found != paper.entries.end());
  return *found;
}
const screens::ChoiceEntry& choice(const screens::PaperView& paper, std::string_view field) {
  const auto found = std::ranges::find_if(paper.choices, [&](const auto& one) { return one.at.field == field; });
  REQUIRE(found != paper.choices.end());
  return *found;
}

}  // namespace

TEST_CASE("a return is typed on the page of its mine, edited, refused where it is wrong, and voided") {
  Office office;
  office.press({screens::Command::open_place, office.mine("3-05"), {}});
  office.write(Slot::place_tab, "papers");
  const auto& papers = office.view().place->papers;
  REQUIRE(papers.size() == 1);
  CHECK(papers[0].title == "新增年度报告");
  office.enter(entry(papers[0], "year"), "2024");
  REQUIRE(office.view().place->papers.size() == 2);
  office.enter(entry(office.view().place->papers[0], "output"), "14.5");
  CHECK(contains(entry(office.view().place->papers[0], "output").label, "（单位未选）"));
  office.choose(choice(office.view().place->papers[0], "output_unit"), "10k-m3");
  CHECK(contains(entry(office.view().place->papers[0], "output").label, "（万立方米）"));
  office.enter(entry(office.view().place->papers[0], "mining_recovery_percent"), "104");
  CHECK_FALSE(entry(office.view().place->papers[0], "mining_recovery_percent").problem.empty());
  const auto records =
      office.store->list_where(records::kinds::annual_return, records::annual_return::mine, office.mine("3-05"));
  REQUIRE(records.ok());
  REQUIRE(records->size() == 1);
  CHECK(records->front().display(records::annual_return::output) == "14.5");
  CHECK(records->front().display(records::annual_return::output_unit) == "万立方米");
  CHECK_FALSE(records->front().has(records::annual_return::mining_recovery_percent));
  REQUIRE(office.view().place->papers[0].void_it);
  CHECK(office.view().place->papers[0].void_it->enabled);
}

TEST_CASE("each kind of a mine's papers has its form") {
  Office office;
  office.press({screens::Command::open_place, office.mine("3-03"), {}});
  office.write(Slot::place_tab, "papers");
  for (const screens::Option& kind : office.view().place->paper_kind.options) {
    CAPTURE(kind.key);
    if (kind.key == "restoration-task") continue;  // of a plan, which is not there yet
    office.write(Slot::paper_kind, kind.text);
    REQUIRE(office.view().place->papers.size() == 1);
    CHECK_FALSE(office.view().place->papers[0].entries.empty());
  }
  office.write(Slot::paper_kind, "mine-stage");
  office.choose(choice(office.view().place->papers[0], "stage"), "producing");
  office.enter(entry(office.view().place->papers[0], "since"), "2016-05-01");
  REQUIRE(office.view().place->papers.size() == 2);
  CHECK(entry(office.view().place->papers[0], "since").text == "2016-05-01");
}

TEST_CASE("what a plan asks of the mine is typed under that plan, with its unit and threshold as written") {
  Office office;
  office.press({screens::Command::open_place, office.mine("3-03"), {}});
  office.write(Slot::place_tab, "papers");
  office.write(Slot::paper_kind, "restoration-task");
  REQUIRE(office.view().place->papers.size() == 1);
  CHECK(contains(office.view().place->papers[0].standing, "先录入审批的方案"));
  CHECK(office.view().place->papers[0].entries.empty());
  office.write(Slot::paper_kind, "approved-plan");
  office.enter(entry(office.view().place->papers[0], "title"), "石灰岩矿恢复治理方案");
  office.write(Slot::paper_kind, "restoration-task");
  REQUIRE(office.view().place->papers.size() == 1);
  CHECK(office.view().place->papers[0].belongs_to == "属于《石灰岩矿恢复治理方案》");
  office.enter(entry(office.view().place->papers[0], "task"), "采坑回填");
  REQUIRE(office.view().place->papers.size() == 2);
  office.enter(entry(office.view().place->papers[0], "unit_written"), "1号采坑");
  office.enter(entry(office.view().place->papers[0], "threshold_written"), "有效土层不小于 30 厘米");
  const auto tasks = office.store->list(records::kinds::restoration_task);
  REQUIRE(tasks.ok());
  REQUIRE(tasks->size() == 1);
  CHECK(tasks->front().text(records::restoration_task::task) == "采坑回填");
  CHECK(tasks->front().text(records::restoration_task::unit_written) == "1号采坑");
  CHECK(tasks->front().text(records::restoration_task::threshold_written) == "有效土层不小于 30 厘米");
  const auto plans =
      office.store->list_where(records::kinds::approved_plan, records::approved_plan::mine, office.mine("3-03"));
  REQUIRE(plans.ok());
  CHECK(tasks->front().reference(records::restoration_task::plan) == plans->front().id());
}

TEST_CASE("the county's yearly figures are typed on its page, and its rules see them") {
  Office office;
  office.press({screens::Command::open_page, {}, "county"});
  REQUIRE(office.view().county.years.size() == 1);
  CHECK(office.view().county.years[0].title == "新增全县年度数据");
  office.enter(entry(office.view().county.years[0], "year"), "2025");
  REQUIRE(office.view().county.years.size() == 2);
  office.enter(entry(office.view().county.years[0], "output_value_10k_yuan"), "29000");
  const auto years = office.store->list(records::kinds::county_year);
  REQUIRE(years.ok());
  REQUIRE(years->size() == 1);
  CHECK(years->front().integer(records::county_year::year) == 2025);
  CHECK(years->front().display(records::county_year::output_value_10k_yuan) == "29000 万元");
  const auto& verdicts = office.view().county.verdicts;
  const auto rule = std::ranges::find(verdicts, "R08", &screens::VerdictView::rule);
  REQUIRE(rule != verdicts.end());
  CHECK(contains(rule->reason, "29000"));
}
