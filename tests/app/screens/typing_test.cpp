#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

struct VisitDay : Office {
  VisitDay() {
    open_example_place();
    start_visit("concurrent-restoration");
  }
  const blocks::Entry& purpose() { return entry("visit.purpose"); }
  static std::string officer_name(std::size_t index) { return "visit.officer." + std::to_string(index) + ".name"; }
};

}  // namespace

TEST_CASE("what is typed is kept within a second and becomes one operation when the field is left") {
  VisitDay day;
  const std::uint64_t before = day.operations();
  day.fill("visit.purpose", "示例：");
  day.fill("visit.purpose", "示例：现场检查");
  CHECK(day.purpose().text == "示例：现场检查");
  day.wait(950);
  REQUIRE(day.store->pending()->size() == 1);
  CHECK(day.operations() == before);
  day.leave("visit.purpose");
  CHECK(day.operations() == before + 1);
  CHECK(day.store->pending()->empty());
  CHECK(day.purpose().text == "示例：现场检查");
}

TEST_CASE("five seconds of rest make the operation") {
  VisitDay day;
  const std::uint64_t before = day.operations();
  day.fill("visit.purpose", "示例：现场检查");
  day.wait(5'100);
  CHECK(day.operations() == before + 1);
  CHECK(day.purpose().text == "示例：现场检查");
}

TEST_CASE("a kill while typing loses nothing") {
  VisitDay day;
  day.fill(day.officer_name(0), "示例检查员甲");
  day.leave(day.officer_name(0));
  day.fill("visit.officer.0.certificate_number", "示例-001");
  day.wait(950);
  day.kill_and_reopen();
  // The visit that had not ended stands first in the list.
  day.press("places.under_way.0");
  CHECK(day.entry(day.officer_name(0)).text == "示例检查员甲");
  CHECK(day.entry("visit.officer.0.certificate_number").text == "示例-001");
}

TEST_CASE("the first character in an empty line makes the record, and a new empty line stands below") {
  VisitDay day;
  CHECK_FALSE(day.has_entry(day.officer_name(1)));
  CHECK_FALSE(day.entry("visit.officer.0.certificate_number").enabled);  // a name comes first
  day.fill(day.officer_name(0), "甲");
  REQUIRE(day.has_entry(day.officer_name(1)));
  CHECK(day.entry(day.officer_name(0)).text == "甲");
  CHECK(day.entry("visit.officer.0.certificate_number").enabled);
  CHECK(day.entry(day.officer_name(1)).text.empty());
  day.fill(day.officer_name(0), "甲乙");
  day.leave(day.officer_name(0));
  CHECK_FALSE(day.has_entry(day.officer_name(2)));
  day.clock.advance_ms(10);
  day.enter(day.officer_name(1), "丙");
  CHECK(day.has_entry(day.officer_name(2)));
  const auto parties = day.store->list(kinds::visit_party);
  REQUIRE(parties->size() == 2);
  CHECK((*parties)[0].text(records::common::name) == "甲乙");
  CHECK((*parties)[0].integer(records::common::is_example) == 1);
}

TEST_CASE("typing on in the same field after its operation makes no dispute with oneself") {
  VisitDay day;
  day.fill("visit.purpose", "一");
  day.wait(6'000);
  day.fill("visit.purpose", "一二");
  day.enter(day.officer_name(0), "甲");
  day.fill("visit.purpose", "一二三");
  day.wait(700);
  day.enter(day.officer_name(1), "乙");
  CHECK(day.purpose().text == "一二三");
  CHECK(day.store->disputes()->empty());
}

TEST_CASE("half a number stays on the screen with its problem and enters nothing") {
  VisitDay day;
  day.open_visit_tab("restoration");
  day.choose("unit.0.state", "under-treatment");
  day.enter("unit.0.area_ha", "1.2x");
  CHECK(day.entry("unit.0.area_ha").text == "1.2x");
  CHECK_FALSE(day.entry("unit.0.area_ha").problem.empty());
  day.enter("unit.0.area_ha", "1.2");
  CHECK(day.entry("unit.0.area_ha").problem.empty());
  CHECK(contains(day.page_words(), "填报 1.2"));
}

TEST_CASE("closing finishes what is being typed") {
  VisitDay day;
  const std::uint64_t before = day.operations();
  day.fill("visit.purpose", "示例");
  CHECK(day.workbench->may_close());
  CHECK(day.operations() == before + 1);
}
