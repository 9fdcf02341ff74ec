#include <doctest/doctest.h>

#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {

TEST_CASE("a day on site by actions alone") {
  FieldDay day;
  const Uuid place =
      day.acted("place.add", {}, {{"kind", "unlicensed-place"}, {"name", "示例无证点"}, {"is_example", "true"}});
  const Uuid visit = day.acted("visit.start", place);
  CHECK(day.read(visit).integer(records::visit::started_at) == day.clock.now_ms());
  CHECK(day.act("point.add", visit, {{"latitude_deg", "43.1"}, {"longitude_deg", "81.8"}}).empty());
  CHECK(day.read(day.last).integer(records::common::is_example) == 1);
  SUBCASE("an item is answered twice: one answer, edited") {
    const Uuid answer = day.acted("answer.set", visit, {{"checklist", "c"}, {"item", "i"}, {"answer", "yes"}});
    CHECK(day.acted("answer.set", visit, {{"checklist", "c"}, {"item", "i"}, {"answer", "no"}}) == answer);
    CHECK(day.read(answer).integer(records::checklist_answer::answer) == 2);
  }
  SUBCASE("a visit that ended cannot end again but can go on") {
    CHECK(day.act("visit.end", visit).empty());
    CHECK(!day.act("visit.end", visit).empty());
    CHECK(day.act("visit.continue", visit).empty());
    CHECK(day.read(visit).integer(records::visit::state) == records::visit_state::under_way);
  }
  SUBCASE("an action refuses what it cannot act on, and says so") {
    CHECK(!day.act("visit.end", place).empty());
    CHECK(!day.act("visit.start", fixed_uuid("nobody")).empty());
    REQUIRE(day.act("record.void", visit, {}, "误开").empty());
    CHECK(contains(day.act("finding.add", visit, {{"text", "x"}}), "误开"));
  }
}

TEST_CASE("every action has a name of its own in both languages") {
  for (const inspect::Action& action : inspect::all_actions()) {
    CHECK(inspect::find_action(action.id) == &action);
    CHECK(!action.chinese.empty());
    CHECK(!action.english.empty());
  }
}

}  // namespace kuangxun::tests
