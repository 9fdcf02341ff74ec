#include "db/records/handles/annual_return.h"
#include "db/records/handles/approved_plan.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

const std::string first = "place.paper.0.";
const std::string second = "place.paper.1.";

void open_papers(Office& office, std::string_view mine) {
  office.open_place(office.mine(mine));
  office.open_place_tab("papers");
}

}  // namespace

TEST_CASE("a return is typed on the page of its mine, edited, refused where it is wrong, and voided") {
  Office office;
  open_papers(office, "3-05");
  CHECK(contains(office.page_words(), "新增年度报告\n"));
  CHECK_FALSE(office.has_entry(second + "year"));
  office.enter(first + "year", "2024");
  REQUIRE(office.has_entry(second + "year"));
  CHECK(office.entry(first + "year").text == "2024");
  CHECK(office.entry(second + "year").text.empty());
  office.enter(first + "output", "14.5");
  CHECK(contains(office.entry(first + "output").label, "（单位未选）"));
  office.choose(first + "output_unit", "10k-m3");
  CHECK(contains(office.entry(first + "output").label, "（万立方米）"));
  office.enter(first + "mining_recovery_percent", "104");
  CHECK_FALSE(office.entry(first + "mining_recovery_percent").problem.empty());
  const auto records =
      office.store->list_where(records::kinds::annual_return, records::annual_return::mine, office.mine("3-05"));
  REQUIRE(records.ok());
  REQUIRE(records->size() == 1);
  CHECK(records->front().display(records::annual_return::output) == "14.5");
  CHECK(records->front().display(records::annual_return::output_unit) == "万立方米");
  CHECK_FALSE(records->front().has(records::annual_return::mining_recovery_percent));
  office.press(first + "void");
  office.confirm_void("示例：录错");
  CHECK(contains(office.page_words(), "已作废：示例：录错"));
}

TEST_CASE("a character typed into a record's field makes the page not anew, and says at once what is wrong with it") {
  Office office;
  open_papers(office, "3-05");
  office.enter(first + "year", "2024");
  const blocks::Entry* before = &office.entry(first + "mining_recovery_percent");
  office.fill(first + "mining_recovery_percent", "10");
  CHECK(before->text == "10");
  CHECK(before->problem.empty());
  office.fill(first + "mining_recovery_percent", "104");
  // The very same tree: nothing was made.
  REQUIRE(&office.entry(first + "mining_recovery_percent") == before);
  CHECK(before->text == "104");
  CHECK_FALSE(before->problem.empty());
}

TEST_CASE("each kind of a mine's papers has its form") {
  Office office;
  open_papers(office, "3-03");
  for (const blocks::Option& kind : std::vector(office.choice("place.paper_kind").options)) {
    CAPTURE(kind.key);
    if (kind.key == "restoration-task") continue;  // of a plan, which is not there yet
    office.choose("place.paper_kind", kind.key);
    std::size_t entries = 0;
    blocks::walk(office.page(), [&](const blocks::Block& block) {
      entries += std::holds_alternative<blocks::Entry>(block.shape) ? 1 : 0;
    });
    CHECK(entries > 0);
  }
  office.choose("place.paper_kind", "mine-stage");
  office.choose(first + "stage", "producing");
  office.enter(first + "since", "2016-05-01");
  REQUIRE(office.has_entry(second + "since"));
  CHECK(office.entry(first + "since").text == "2016-05-01");
}

TEST_CASE("what a plan asks of the mine is typed under that plan, with its unit and threshold as written") {
  Office office;
  open_papers(office, "3-03");
  office.choose("place.paper_kind", "restoration-task");
  CHECK(contains(office.page_words(), "先录入审批的方案"));
  CHECK_FALSE(office.has_entry(first + "task"));
  office.choose("place.paper_kind", "approved-plan");
  office.enter(first + "title", "石灰岩矿恢复治理方案");
  office.choose("place.paper_kind", "restoration-task");
  CHECK(contains(office.page_words(), "属于《石灰岩矿恢复治理方案》"));
  CHECK_FALSE(office.has_entry(second + "task"));
  office.enter(first + "task", "采坑回填");
  REQUIRE(office.has_entry(second + "task"));
  office.enter(first + "unit_written", "1号采坑");
  office.enter(first + "threshold_written", "有效土层不小于 30 厘米");
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

TEST_CASE("other places have no such page") {
  Office office;
  office.open_example_place();
  for (const std::string& tab : office.place_tabs()) CHECK(tab != "papers");
}
