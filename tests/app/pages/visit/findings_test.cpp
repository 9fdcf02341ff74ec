#include "tests/app/pages/visit/visit_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a mistake is voided with a reason and stays visible") {
  VisitDay day;
  day.open_visit_tab("findings");
  day.enter("visit.finding.0.text", "示例：写错的问题");
  CHECK(day.has_entry("visit.finding.1.text"));  // the line for the next one
  day.press("visit.finding.0.void");
  CHECK_FALSE(day.button("dialog.confirm").enabled);
  day.confirm_void("示例：写错了");
  CHECK(contains(day.page_words(), "已作废：示例：写错了"));
  CHECK_FALSE(day.entry("visit.finding.0.text").enabled);
}

TEST_CASE("a photo is kept by its path and a missing one is said") {
  VisitDay day;
  day.open_visit_tab("findings");
  CHECK_FALSE(day.button("visit.photo_add").enabled);
  day.press("visit.photo_example");
  day.press("visit.photo_add");
  REQUIRE_MESSAGE(day.has_entry("visit.photo.0.proves"), day.page_problem());
  CHECK(contains(day.page_words(), "photo-example.png"));
  day.enter("visit.photo.0.proves", "示例：坡脚");
  CHECK(day.entry("visit.photo.0.proves").text == "示例：坡脚");
  day.fill("visit.photo_path", "不存在.jpg");
  day.press("visit.photo_add");
  CHECK(contains(day.page_problem(), "不存在.jpg"));
  CHECK_FALSE(day.has_entry("visit.photo.1.proves"));
}
