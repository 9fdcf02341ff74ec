#include "db/records/handles/county_year.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("the county's own rules have their page") {
  Office office;
  office.open_page("county");
  CHECK(office.view().open_page == "county");
  CHECK(contains(office.page_words(), "逐项对照情况"));
  CHECK(blocks::find<blocks::Button>(office.page(), "verdict.explain.R08") != nullptr);
  office.choose("county.tab", "notes");
  CHECK_FALSE(contains(office.page_words(), "逐项对照情况"));
  CHECK(contains(office.page_words(), "规划"));
}

TEST_CASE("the county's yearly figures are typed on its page, and its rules see them") {
  Office office;
  office.open_page("county");
  office.choose("county.tab", "years");
  CHECK(contains(office.page_words(), "新增全县年度数据"));
  office.enter("county.year.0.year", "2025");
  REQUIRE(office.has_entry("county.year.1.year"));
  office.enter("county.year.0.output_value_10k_yuan", "29000");
  const auto years = office.store->list(records::kinds::county_year);
  REQUIRE(years.ok());
  REQUIRE(years->size() == 1);
  CHECK(years->front().integer(records::county_year::year) == 2025);
  CHECK(years->front().display(records::county_year::output_value_10k_yuan) == "29000 万元");
  office.choose("county.tab", "verdicts");
  CHECK(contains(office.page_words(), "29000"));
}
