#include "app/inspect/edit/record_document.h"
#include "db/records/kinds.h"
#include "tests/app/pages/visit/visit_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("what the approved plan asks of a unit stands on the tab of restoration") {
  VisitDay day;
  const Uuid mine = day.mine("3-02");
  const auto add = [&](records::KindNumber kind, const std::vector<inspect::FieldText>& fields) {
    const auto made = inspect::record_document(*day.desk, {{{kind, {}, fields, {}, {}, {}}}, day.folder.path()});
    REQUIRE_MESSAGE(made.ok(), made.error().message());
    return made->ids.front();
  };
  const Uuid unit = add(records::kinds::restoration_unit, {{"parent", mine.text()}, {"name", "1号采坑"}});
  const Uuid plan =
      add(records::kinds::approved_plan, {{"mine", mine.text()}, {"plan_kind", "merged"}, {"title", "示例方案"}});
  add(records::kinds::restoration_task, {{"plan", plan.text()}, {"unit", unit.text()}, {"task", "削坡"}});
  day.open_place(mine);
  day.start_visit("concurrent-restoration");
  day.open_visit_tab("restoration");
  CHECK(contains(day.page_words(), "1号采坑\n"));
  CHECK(contains(day.page_words(), "方案要求：削坡（示例方案）"));
}
