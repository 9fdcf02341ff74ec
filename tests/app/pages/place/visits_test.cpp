#include "db/records/handles/visit.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a place's visits are listed with how they stand, counted in the tab, and opened from there") {
  Office office;
  office.open_example_place();
  office.open_place_tab("visits");
  CHECK(contains(office.page_words(), "还没有检查过。"));
  office.start_visit("patrol");
  const Uuid place = office.store->list(records::kinds::legacy_site)->front().id();
  office.open_place(place);
  office.open_place_tab("visits");
  for (const blocks::Option& tab : office.choice("place.tab").options) {
    if (tab.key == "visits") CHECK(tab.label == "检查（1）");
  }
  CHECK(contains(office.page_words(), "点 0 · 照片 0 · 检查结果 0 · 问题 0"));
  office.press("place.visit.0");
  CHECK(office.view().open_page == "visit");
}
