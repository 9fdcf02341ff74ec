#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// Somebody who had not seen what stands there.
void set_unseen(Office& office, const Uuid& id, std::string_view field, const std::string& text) {
  const auto view = office.store->read(id);
  REQUIRE(view.ok());
  const records::FieldDescription& description = *view->record.kind().find_field(field);
  const history::Edit edit{id, view->record.kind().number, description.group, {{description.number, text}}, {}};
  REQUIRE(office.store->commit({&edit, 1}, fixed_uuid("示例另一人")).ok());
}

std::string value_of_side(Office& office, std::size_t side) {
  std::vector<std::string> values;
  blocks::walk(office.page(), [&](const blocks::Block& block) {
    if (const auto* fact = std::get_if<blocks::Fact>(&block.shape)) values.push_back(fact->value);
  });
  REQUIRE(values.size() == 2);
  return values[side];
}

}  // namespace

TEST_CASE("both values of a dispute are shown with who and when, and taking one settles it") {
  Office office;
  office.open_example_place();
  const auto sites = office.store->list(records::kinds::legacy_site);
  REQUIRE(sites->size() == 1);
  const Uuid site = sites->front().id();
  set_unseen(office, site, "description", "甲写的");
  set_unseen(office, site, "description", "乙写的");
  office.open_page("disputes");
  CHECK(contains(office.view().pages.options[*office.view().pages.chosen].label, "1"));
  CHECK(contains(office.page_words(), "甲写的"));
  CHECK(contains(office.page_words(), "乙写的"));
  CHECK(contains(office.page_words(), "人员"));
  const std::string kept = value_of_side(office, 1);
  office.press("dispute.0.take.1");
  CHECK(office.message().empty());
  CHECK(office.page_problem().empty());
  CHECK(contains(office.page_words(), "没有争议。"));
  CHECK(office.store->read(site)->record.text(records::common::description) == kept);
  CHECK(office.store->disputes()->empty());
}

TEST_CASE("what was pressed on a page that is gone does nothing") {
  Office office;
  office.open_example_place();
  const Uuid site = office.store->list(records::kinds::legacy_site)->front().id();
  set_unseen(office, site, "description", "甲写的");
  set_unseen(office, site, "description", "乙写的");
  office.open_page("disputes");
  office.open_page("tables");
  office.workbench->handle({blocks::Event{blocks::Event::What::press, "dispute.0.take.1"}});
  CHECK(office.store->disputes()->size() == 1);
}
