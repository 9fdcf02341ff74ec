#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

void open_page(Office& office, std::string_view name) {
  office.press({screens::Command::open_page, {}, std::string(name)});
}

// Somebody who had not seen what stands there.
void set_unseen(Office& office, const Uuid& id, std::string_view field, const std::string& text) {
  const auto view = office.store->read(id);
  REQUIRE(view.ok());
  const records::FieldDescription& description = *view->record.kind().find_field(field);
  const history::Edit edit{id, view->record.kind().number, description.group, {{description.number, text}}, {}};
  REQUIRE(office.store->commit({&edit, 1}, fixed_uuid("示例另一人")).ok());
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

TEST_CASE("both values of a dispute are shown with who and when, and taking one settles it") {
  Office office;
  office.open_example_place();
  const auto sites = office.store->list(records::kinds::legacy_site);
  REQUIRE(sites->size() == 1);
  const Uuid site = sites->front().id();
  set_unseen(office, site, "description", "甲写的");
  set_unseen(office, site, "description", "乙写的");
  open_page(office, "disputes");
  CHECK(contains(office.view().pages[office.view().current_page].label, "1"));
  REQUIRE(office.view().disputes.disputes.size() == 1);
  const screens::DisputeView dispute = office.view().disputes.disputes[0];
  REQUIRE(dispute.sides.size() == 2);
  CHECK(contains(dispute.sides[0].values[0].value + dispute.sides[1].values[0].value, "甲写的"));
  CHECK(contains(dispute.sides[0].who, "人员"));
  const std::string kept = dispute.sides[1].values[0].value;
  office.press(dispute.sides[1].take);
  CHECK(office.message().empty());
  CHECK(office.view().disputes.disputes.empty());
  CHECK(office.store->read(site)->record.text(records::common::description) == kept);
  CHECK(office.store->disputes()->empty());
}

TEST_CASE("where each visit is: on this laptop only, stored, in the county's tables") {
  Office office;
  office.open_example_place();
  office.start_visit("patrol");
  open_page(office, "sync");
  REQUIRE(office.view().sync.visits.size() == 1);
  CHECK(office.view().sync.visits[0].badge.word == "只在本机");
  CHECK(contains(office.view().sync.visits[0].detail, "示例"));
}
