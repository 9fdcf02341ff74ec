#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

void open_page(Office& office, std::string_view name) {
  office.press({screens::Command::open_page, {}, std::string(name)});
}

}  // namespace

TEST_CASE("a laptop that is not enrolled says so and cannot sync; a code enrols it") {
  Office office;
  open_page(office, "sync");
  CHECK_FALSE(office.view().sync.sync.enabled);
  CHECK_FALSE(office.view().sync.enrol.enabled);
  office.write(Slot::county_url, "http://127.0.0.1:8080");
  office.write(Slot::county_code, "ABCD-EFGH");
  office.press(office.view().sync.enrol);
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  CHECK(office.view().sync.is_enrolled);
  CHECK(office.view().sync.sync.enabled);
}

TEST_CASE("while the county is being talked to nothing else is done, and then the result is shown") {
  Office office;
  office.link.join();
  office.link.report.pushed = 12;
  open_page(office, "sync");
  office.press(office.view().sync.sync);
  REQUIRE(office.workbench->is_busy());
  REQUIRE(office.view().dialog);
  CHECK_FALSE(office.view().dialog->confirm);
  CHECK_FALSE(office.workbench->may_close());
  open_page(office, "places");
  CHECK(office.view().page == screens::Page::sync);
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  CHECK_FALSE(office.view().dialog);
  CHECK(contains(all_text(office.view().sync.last), "12 个操作"));
  CHECK(office.workbench->may_close());
}

TEST_CASE("a county that cannot be reached is said and nothing is lost") {
  Office office;
  office.open_example_place();
  office.link.join();
  office.link.failure = Error(ErrorCode::unavailable, "连不上县库");
  open_page(office, "sync");
  office.press(office.view().sync.sync);
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
  CHECK(contains(office.message(), "连不上县库"));
  CHECK(contains(all_text(office.view().sync.laptop), "最早的在"));
}

TEST_CASE("where each visit is: on this laptop only, stored, in the county's tables") {
  Office office;
  office.open_example_place();
  office.start_visit("patrol");
  open_page(office, "sync");
  REQUIRE(office.view().sync.visits.size() == 1);
  CHECK(office.view().sync.visits[0].badge.word == "仅在本机");
  CHECK(contains(office.view().sync.visits[0].detail, "示例"));
}
