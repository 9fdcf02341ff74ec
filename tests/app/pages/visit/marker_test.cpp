#include <algorithm>

#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/kinds.h"
#include "tests/app/pages/visit/positions_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

TEST_CASE("a place without a line has no markers; with one, a state is recorded without or with the position of now") {
  PositionsDay day("patrol");
  CHECK_FALSE(day.has_button("marker.lost"));
  day.enter_line(43.15);
  CHECK(day.choice("marker.corner").options.size() == 5);
  // Neither chosen nor near: there is nothing to record.
  CHECK_FALSE(day.button("marker.lost").enabled);
  day.choose("marker.corner", "2");
  CHECK(contains(day.page_words(), "不附位置"));
  day.fill("marker.note", "只剩坑");
  day.press("marker.lost");
  CHECK_MESSAGE(contains(day.message(), "没有附位置"), day.page_problem());
  CHECK(day.shown("marker") == 1);
  CHECK(contains(day.page_words(), "拐点 2：丢失；只剩坑"));
  CHECK(day.shown("point") == 0);
  CHECK(day.entry("marker.note").text.empty());

  day.start_example();
  REQUIRE(day.wait_for_evidence());
  day.choose("marker.corner", "nearest");
  CHECK(contains(day.choice("marker.corner").options.front().label, "拐点 3"));
  CHECK(contains(day.page_words(), "到拐点 3"));
  day.press("marker.intact");
  REQUIRE_MESSAGE(day.shown("marker") == 2, day.page_problem());
  CHECK(contains(day.message(), "拐点 3：完好；实测点离拐点坐标"));
  CHECK(contains(day.message(), "±"));
  CHECK(day.shown("point") == 1);
  CHECK(contains(day.page_words(), "界桩\n"));
  const records::Record record = day.store->list(kinds::corner_marker)->back();
  CHECK(record.integer(records::common::is_example) == 1);
  const auto facts = day.facts();
  CHECK(std::ranges::any_of(facts, [](const blocks::Fact& fact) {
    return fact.label == say("Marker before") && contains(fact.value, "完好");
  }));

  // The receiver stops between the look and the press: nothing is recorded that the button did not promise.
  const blocks::Handler promised = day.button("marker.damaged").press;
  day.press("gps.stop");
  const Status recorded = promised();
  REQUIRE_FALSE(recorded.ok());
  CHECK(contains(recorded.error().message(), "什么都没有记录"));
  CHECK(day.store->list(kinds::corner_marker)->size() == 2);

  // It stands in the place's history.
  day.press("visit.back");
  day.open_place_tab("visits");
  CHECK(contains(day.page_words(), "界桩\n"));
  CHECK(contains(day.page_words(), "拐点 3：完好"));
}
