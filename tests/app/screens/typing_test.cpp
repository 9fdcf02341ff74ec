#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

struct VisitDay : Office {
  VisitDay() {
    open_example_place();
    start_visit("concurrent-restoration");
  }
  const screens::TextEntry& purpose() { return visit().entries[0]; }
  const screens::TextEntry& officer(std::size_t index, std::size_t field) {
    return visit().officers[index].entries[field];
  }
};

}  // namespace

TEST_CASE("what is typed is kept within a second and becomes one operation when the field is left") {
  VisitDay day;
  const std::uint64_t before = day.operations();
  day.type(day.purpose(), "示例：");
  day.type(day.purpose(), "示例：现场检查");
  CHECK(day.purpose().text == "示例：现场检查");
  day.wait(950);
  REQUIRE(day.store->pending()->size() == 1);
  CHECK(day.operations() == before);
  day.leave(day.purpose());
  CHECK(day.operations() == before + 1);
  CHECK(day.store->pending()->empty());
  CHECK(day.purpose().text == "示例：现场检查");
}

TEST_CASE("five seconds of rest make the operation") {
  VisitDay day;
  const std::uint64_t before = day.operations();
  day.type(day.purpose(), "示例：现场检查");
  day.wait(5'100);
  CHECK(day.operations() == before + 1);
  CHECK(day.purpose().text == "示例：现场检查");
}

TEST_CASE("a kill while typing loses nothing") {
  VisitDay day;
  day.type(day.officer(0, 0), "示例检查员甲");
  day.leave(day.officer(0, 0));
  day.type(day.officer(0, 1), "示例-001");
  day.wait(950);
  day.kill_and_reopen();
  // The visit that had not ended stands first in the list.
  REQUIRE(day.view().places.under_way.size() == 1);
  day.press(day.view().places.under_way[0].press);
  CHECK(day.officer(0, 0).text == "示例检查员甲");
  CHECK(day.officer(0, 1).text == "示例-001");
}

TEST_CASE("the first character in an empty line makes the record, and a new empty line stands below") {
  VisitDay day;
  REQUIRE(day.visit().officers.size() == 1);
  CHECK_FALSE(day.officer(0, 1).enabled);  // a name comes first
  day.type(day.officer(0, 0), "甲");
  REQUIRE(day.visit().officers.size() == 2);
  CHECK(day.officer(0, 0).text == "甲");
  CHECK(day.officer(0, 1).enabled);
  CHECK(day.officer(1, 0).text.empty());
  day.type(day.officer(0, 0), "甲乙");
  day.leave(day.officer(0, 0));
  CHECK(day.visit().officers.size() == 2);
  day.clock.advance_ms(10);
  day.enter(day.officer(1, 0), "丙");
  CHECK(day.visit().officers.size() == 3);
  const auto parties = day.store->list(kinds::visit_party);
  REQUIRE(parties->size() == 2);
  CHECK((*parties)[0].text(records::common::name) == "甲乙");
  CHECK((*parties)[0].integer(records::common::is_example) == 1);
}

TEST_CASE("typing on in the same field after its operation makes no dispute with oneself") {
  VisitDay day;
  day.type(day.purpose(), "一");
  day.wait(6'000);
  day.type(day.purpose(), "一二");
  day.enter(day.officer(0, 0), "甲");
  day.type(day.purpose(), "一二三");
  day.wait(700);
  day.enter(day.officer(1, 0), "乙");
  CHECK(day.purpose().text == "一二三");
  CHECK(day.store->disputes()->empty());
}

TEST_CASE("half a number stays on the screen with its problem and enters nothing") {
  VisitDay day;
  day.write(screens::Slot::visit_tab, "restoration");
  day.choose(day.visit().units[0].state, "under-treatment");
  day.enter(day.visit().units[0].entries[0], "1.2x");
  CHECK(day.visit().units[0].entries[0].text == "1.2x");
  CHECK_FALSE(day.visit().units[0].entries[0].problem.empty());
  day.enter(day.visit().units[0].entries[0], "1.2");
  CHECK(day.visit().units[0].entries[0].problem.empty());
  CHECK(contains(day.visit().units[0].area_note, "填报 1.2"));
}

TEST_CASE("closing finishes what is being typed") {
  VisitDay day;
  const std::uint64_t before = day.operations();
  day.type(day.purpose(), "示例");
  CHECK(day.workbench->may_close());
  CHECK(day.operations() == before + 1);
}
