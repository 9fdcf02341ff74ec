#include <fstream>

#include "tests/app/pages/visit/visit_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a visit is closed as signed by two officers and the person present, and then only added to") {
  VisitDay day;
  day.open_visit_tab("closing");
  CHECK(contains(day.page_words(), "签字完成之前还缺："));
  day.enter_people();
  day.enter("visit.present.0.name", "示例矿方人员");
  day.press("visit.present.0.sign");
  day.open_visit_tab("closing");
  CHECK_FALSE(day.button("visit.sign").enabled);
  CHECK_FALSE(day.button("visit.sign").hint.empty());
  day.press("visit.end");
  CHECK_FALSE(contains(day.page_words(), "签字完成之前还缺："));
  day.press("visit.sign");
  CHECK(day.page_problem().empty());
  CHECK(contains(blocks::words_of(day.tree()), "已签字"));
  day.open_visit_tab("people");
  CHECK_FALSE(day.entry("visit.purpose").enabled);
  CHECK_FALSE(day.entry("visit.officer.0.name").enabled);
  day.open_visit_tab("findings");
  day.enter("visit.finding.0.text", "示例：签字后想起的问题");
  CHECK(contains(day.page_words(), "签字后补充"));
}

TEST_CASE("a refusal needs its reason; a witness may sign and need not") {
  VisitDay day;
  day.enter_people();
  day.open_visit_tab("closing");
  day.press("visit.end");
  const auto lacks = [&] {
    day.open_visit_tab("closing");
    const std::string words = day.page_words();
    day.open_visit_tab("people");
    return words;
  };
  day.open_visit_tab("people");
  day.choose("visit.is_refused", "yes");
  CHECK(contains(lacks(), "原因"));
  day.enter("visit.refusal_reason", "示例：对结果有异议");
  CHECK_FALSE(contains(lacks(), "还缺"));
  SUBCASE("without a witness") {}
  SUBCASE("with one") {
    day.enter("visit.witness.0.name", "示例见证人");
    day.press("visit.witness.0.sign");
    CHECK_FALSE(contains(lacks(), "还缺"));
  }
  day.open_visit_tab("closing");
  day.press("visit.sign");
  CHECK(contains(blocks::words_of(day.tree()), "已签字"));
}

TEST_CASE("the report is made beside the window and its place is said") {
  VisitDay day;
  day.open_visit_tab("closing");
  const std::string path = day.entry("visit.report_path").text;
  day.press("visit.save_report");
  REQUIRE(day.wait_for([&] { return contains(day.message(), "已保存"); }));
  CHECK(contains(day.message(), path));
  CHECK(std::filesystem::path(path).parent_path() == day.folder / "reports");
  std::string beginning(5, ' ');
  std::ifstream(path, std::ios::binary).read(beginning.data(), 5);
  CHECK(beginning == "%PDF-");
}

TEST_CASE("a path that was typed for one visit's paper is not the next one's") {
  VisitDay day;
  day.open_visit_tab("closing");
  const std::string usual = day.entry("visit.report_path").text;
  day.fill("visit.report_path", "/media/usb/a.pdf");
  CHECK(day.entry("visit.report_path").text == "/media/usb/a.pdf");
  day.press("visit.back");
  day.clock.advance_ms(60'000);
  day.start_visit("patrol");
  day.open_visit_tab("closing");
  CHECK(day.entry("visit.report_path").text != "/media/usb/a.pdf");
  CHECK(day.entry("visit.report_path").text != usual);
}
