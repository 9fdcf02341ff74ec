#include <algorithm>

#include "db/records/enumerations.h"
#include "db/records/handles/legacy_site.h"
#include "db/records/kinds.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

const std::string pin = "4711-08";

// Somebody registers on the page of the sync and acts from then on.
Uuid register_person(Office& office, const std::string& name, const std::string& with) {
  office.link.join();
  office.open_page("sync");
  office.fill("people.code", name);
  office.fill("people.pin", with);
  office.fill("people.pin_again", with);
  office.press("people.enrol");
  office.wait_until_idle();
  REQUIRE_MESSAGE(office.desk->person == fixed_uuid(name), office.message());
  return office.desk->person;
}

// Two values that were entered apart.
Uuid disputed_site(Office& office) {
  office.open_example_place();
  const Uuid site = office.store->list(records::kinds::legacy_site)->front().id();
  const auto& field = *records::kind_of(records::kinds::legacy_site).find_field(records::legacy_site::description);
  for (const char* text : {"甲写的", "乙写的"}) {
    const history::Edit edit{site, records::kinds::legacy_site, field.group, {{field.number, std::string(text)}}, {}};
    REQUIRE(office.store->commit({&edit, 1}, {}).ok());
  }
  office.open_page("disputes");
  REQUIRE(office.store->disputes()->size() == 1);
  return site;
}

std::vector<history::Operation> descriptions(Office& office, const Uuid& site) {
  const auto& field = *records::kind_of(records::kinds::legacy_site).find_field(records::legacy_site::description);
  return *office.store->history(site, field.group);
}

void enter_pin(Office& office, const std::string& text) {
  office.fill("dialog.pin", text);
  office.press("dialog.confirm");
  office.wait_until_idle();
}

}  // namespace

TEST_CASE("somebody registers in the window, and the head of the window says who acts") {
  Office office;
  office.desk->person = {};
  office.open_page("sync");
  CHECK(contains(office.view().person.label, "未登记"));
  CHECK(contains(blocks::words_of(office.tree()), "还没有登记人员"));
  register_person(office, "示例甲", pin);
  CHECK(contains(office.view().person.label, "示例甲"));
  CHECK(contains(blocks::words_of(office.tree()), "当前操作人\n示例甲\n"));
  // Neither PIN is kept by the window.
  CHECK(office.entry("people.pin").text.empty());
  CHECK(office.entry("people.pin_again").text.empty());
  CHECK(office.entry("people.pin").is_secret);
}

TEST_CASE("two PINs that differ, and one that is too simple, register nobody") {
  Office office;
  office.desk->person = {};
  office.link.join();
  office.open_page("sync");
  office.fill("people.code", "示例甲");
  office.fill("people.pin", pin);
  office.fill("people.pin_again", "4711-09");
  office.press("people.enrol");
  CHECK(contains(blocks::words_of(office.tree()), "不同"));
  office.fill("people.pin", "123456");
  office.fill("people.pin_again", "123456");
  office.press("people.enrol");
  office.wait_until_idle();
  CHECK(contains(office.message(), "太简单"));
  CHECK(office.desk->person.is_nil());
}

TEST_CASE("settling a dispute asks for the PIN; a wrong one changes nothing, the right one signs") {
  Office office;
  register_person(office, "示例甲", pin);
  const Uuid site = disputed_site(office);
  CHECK(contains(office.page_words(), "示例甲"));
  office.press("dispute.0.take.0");
  REQUIRE(office.has_dialog());
  CHECK(contains(office.dialog_words(), "示例甲"));
  CHECK(office.entry("dialog.pin").is_secret);
  CHECK_FALSE(office.button("dialog.confirm").enabled);

  enter_pin(office, "1234-99");
  CHECK(contains(office.dialog_words(), "已错 1 次"));
  CHECK(office.entry("dialog.pin").text.empty());
  CHECK(office.store->disputes()->size() == 1);

  enter_pin(office, pin);
  CHECK_FALSE(office.has_dialog());
  CHECK(office.store->disputes()->empty());
  CHECK(contains(office.page_words(), "没有争议。"));
  const auto operations = descriptions(office, site);
  CHECK(operations.back().person_signature.has_value());
  CHECK(operations.back().person == fixed_uuid("示例甲"));
  CHECK(office.office->verify()->ok());
}

TEST_CASE("cancelling the PIN leaves everything as it was") {
  Office office;
  register_person(office, "示例甲", pin);
  disputed_site(office);
  office.press("dispute.0.take.0");
  office.fill("dialog.pin", pin);
  office.press("dialog.cancel");
  CHECK_FALSE(office.has_dialog());
  CHECK(office.store->disputes()->size() == 1);
  // The next question begins empty.
  office.press("dispute.0.take.0");
  CHECK(office.entry("dialog.pin").text.empty());
}

TEST_CASE("an unlocked key is forgotten after a while, and when somebody else takes over") {
  Office office;
  register_person(office, "示例乙", "8-29-1-44");
  register_person(office, "示例甲", pin);
  disputed_site(office);
  office.press("dispute.0.take.0");
  enter_pin(office, pin);
  CHECK(office.store->unlocked_person() == fixed_uuid("示例甲"));

  SUBCASE("after minutes without a signature") {
    office.clock.advance_ms(screens::WindowSigner::unlocked_for_ms);
    office.workbench->handle({});
    CHECK(office.store->unlocked_person().is_nil());
  }
  SUBCASE("when another person is chosen") {
    office.press(office.view().person);
    const blocks::Choice& choice = office.choice("dialog.person");
    REQUIRE(choice.options.size() == 3);  // two people and nobody
    const auto other = std::ranges::find(choice.options, "示例乙", &blocks::Option::label);
    REQUIRE(other != choice.options.end());
    office.choose("dialog.person", std::string(other->key));
    office.press("dialog.confirm");
    CHECK(office.desk->person == fixed_uuid("示例乙"));
    CHECK(contains(office.view().person.label, "示例乙"));
    CHECK(office.store->unlocked_person().is_nil());
    CHECK(office.office->people().current() == fixed_uuid("示例乙"));
  }
}

TEST_CASE("without a registered person a dispute is settled on the laptop's word, and the page says so") {
  Office office;
  const Uuid site = disputed_site(office);
  CHECK(contains(office.page_words(), "没有本人签名"));
  office.press("dispute.0.take.0");
  CHECK_FALSE(office.has_dialog());
  CHECK(office.store->disputes()->empty());
  CHECK_FALSE(descriptions(office, site).back().person_signature.has_value());
}

TEST_CASE("a PIN is changed in the window") {
  Office office;
  const Uuid person = register_person(office, "示例甲", pin);
  office.press("people.change_pin");
  office.fill("dialog.pin", pin);
  office.fill("dialog.new_pin", "8-29-1-44");
  office.fill("dialog.new_pin_again", "8-29-1-45");
  office.press("dialog.confirm");
  CHECK(contains(office.dialog_words(), "不同"));
  office.fill("dialog.new_pin_again", "8-29-1-44");
  office.press("dialog.confirm");
  office.wait_until_idle();
  CHECK_FALSE(office.has_dialog());
  CHECK(office.office->people().unlock(person, "8-29-1-44").ok());
}
