#include <doctest/doctest.h>

#include "app/inspect/edit/field_draft.h"
#include "db/records/handles/mining_right.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

struct Typing : FieldDay {
  Uuid mine = entered(kinds::mining_right, {{"name", "示例矿"}});
  inspect::FieldDraft draft = *inspect::FieldDraft::open(desk, mine, "holder");
  std::size_t operations_before = store.operations().size();
  std::size_t new_operations() const { return store.operations().size() - operations_before; }
  void wait(std::int64_t ms) {
    // As the window does: sleeps until the draft is due.
    const std::int64_t until = clock.steady_ms() + ms;
    while (draft.due_ms() && *draft.due_ms() <= until) {
      clock.advance_ms(std::max<std::int64_t>(*draft.due_ms() - clock.steady_ms(), 0));
      REQUIRE(draft.tick(desk).ok());
    }
    clock.advance_ms(until - clock.steady_ms());
  }
};

}  // namespace

TEST_CASE("what was typed is safe within a second and becomes one operation when the field is left") {
  Typing day;
  day.draft.type(day.desk, "holder", "示");
  day.draft.type(day.desk, "holder", "示例");
  CHECK(day.store.pending()->empty());
  day.wait(900);
  REQUIRE(day.store.pending()->size() == 1);
  CHECK(day.new_operations() == 0);
  day.draft.type(day.desk, "holder", "示例公司");
  REQUIRE(day.draft.leave(day.desk).ok());
  CHECK(day.new_operations() == 1);
  CHECK(day.store.pending()->empty());
  CHECK(day.read(day.mine).text(records::mining_right::holder) == "示例公司");
  SUBCASE("the next edit names it as its base") {
    day.draft.type(day.desk, "holder", "示例公司二");
    REQUIRE(day.draft.leave(day.desk).ok());
    CHECK(day.store.operations().back().bases.size() == 1);
    CHECK(day.store.disputes()->empty());
  }
  SUBCASE("leaving again does nothing") {
    REQUIRE(day.draft.leave(day.desk).ok());
    CHECK(day.new_operations() == 1);
  }
}

TEST_CASE("five seconds of rest make the operation") {
  Typing day;
  day.draft.type(day.desk, "holder", "示例公司");
  day.wait(4'900);
  CHECK(day.new_operations() == 0);
  day.wait(200);
  CHECK(day.new_operations() == 1);
  CHECK(!day.draft.due_ms());
}

TEST_CASE("text that came back to what it was makes nothing") {
  Typing day;
  day.draft.type(day.desk, "holder", "x");
  day.draft.type(day.desk, "holder", "");
  REQUIRE(day.draft.leave(day.desk).ok());
  CHECK(day.new_operations() == 0);
}

TEST_CASE("half a number is shown as a problem and the last whole one is kept") {
  Typing day;
  day.draft = *inspect::FieldDraft::open(day.desk, day.mine, "area_km2");
  day.draft.type(day.desk, "area_km2", "1");
  day.wait(600);
  day.draft.type(day.desk, "area_km2", "1.x");
  day.wait(20'000);
  CHECK(!day.draft.problem().empty());
  CHECK(day.new_operations() == 0);
  REQUIRE(day.store.pending()->size() == 1);
  CHECK(day.store.pending()->front().edit.values.front().value == records::Value(std::int64_t{10'000}));
  CHECK(!day.draft.leave(day.desk).ok());
  day.draft.type(day.desk, "area_km2", "1.5");
  REQUIRE(day.draft.leave(day.desk).ok());
  CHECK(day.read(day.mine).integer(records::mining_right::area_km2) == 15'000);
}

}  // namespace kuangxun::tests
