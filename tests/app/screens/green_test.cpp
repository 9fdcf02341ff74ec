#include <algorithm>

#include "app/green/actions.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

void open_green(Office& office) {
  office.press({screens::Command::open_place, office.mine("3-02"), {}});
  office.write(Slot::place_tab, "green");
  REQUIRE(office.view().place);
  REQUIRE(office.view().place->green);
}

const screens::GreenView& green_page(Office& office) {
  return *office.view().place->green;
}

const screens::Button& begin_button(Office& office, std::string_view index) {
  const auto& buttons = green_page(office).begin;
  const auto found = std::ranges::find(buttons, "green.begin." + std::string(index), &screens::Button::name);
  REQUIRE(found != buttons.end());
  return *found;
}

}  // namespace

TEST_CASE("the page of a mine: no assessment, no tier, and both can be begun; other places have no such page") {
  Office office;
  open_green(office);
  CHECK(green_page(office).title.empty());
  CHECK(green_page(office).tiers.empty());
  CHECK_FALSE(green_page(office).set_tier.enabled);
  CHECK_FALSE(green_page(office).tier.chosen);  // none is proposed
  CHECK(contains(green_page(office).advice, "不是任何一级的结论"));
  CHECK_FALSE(green_page(office).clauses.empty());
  office.open_example_place();
  CHECK_FALSE(office.view().place->green);
  for (const screens::Option& tab : office.view().place->tabs.options) CHECK(tab.key != "green");
}

TEST_CASE("a tier needs a reason and a name, is recorded, and the earlier one stays below it") {
  Office office;
  open_green(office);
  office.write(Slot::green_tier, "supervise");
  office.write(Slot::green_reason, "示例：基础条件较差");
  CHECK_FALSE(green_page(office).set_tier.enabled);  // nobody is enrolled: by whom?
  office.write(Slot::green_by, "示例检查员");
  REQUIRE(green_page(office).set_tier.enabled);
  office.press(green_page(office).set_tier);
  CHECK(contains(office.message(), "已记录"));
  office.clock.advance_ms(86'400'000);
  office.write(Slot::green_tier, "cultivate");
  office.write(Slot::green_reason, "示例：已整改");
  office.press(green_page(office).set_tier);
  REQUIRE(green_page(office).tiers.size() == 2);
  CHECK(green_page(office).tiers[0].label == "培育");
  CHECK(contains(green_page(office).tiers[1].note, "基础条件较差"));
}

TEST_CASE(
    "an assessment is begun, a precondition answered, and the page says what is missing and that there is no total") {
  Office office;
  open_green(office);
  const auto& begin = green_page(office).begin;
  REQUIRE_FALSE(begin.empty());
  office.press(begin_button(office, "xinjiang"));
  CHECK(office.message().empty());
  REQUIRE_FALSE(green_page(office).title.empty());
  CHECK(contains(green_page(office).title, "自治区级"));
  REQUIRE(green_page(office).preconditions.size() == 5);
  CHECK_FALSE(green_page(office).no_total.empty());
  CHECK(green_page(office).sums.empty());
  CHECK_FALSE(green_page(office).preconditions[4].questions[0].where.empty());
  const screens::ChoiceEntry answer = *green_page(office).preconditions[4].questions[0].answer;
  office.choose(answer, "no");
  CHECK(office.message().empty());
  CHECK(green_page(office).preconditions[4].verdict.tone == screens::Tone::bad);
  CHECK(green_page(office).preconditions[4].questions[0].where.empty());
  // Changed afterwards: the same record, not a second one.
  const screens::ChoiceEntry again = *green_page(office).preconditions[4].questions[0].answer;
  office.choose(again, "yes");
  CHECK(green_page(office).preconditions[4].verdict.tone == screens::Tone::good);
  const screens::TextEntry life = *green_page(office).preconditions[3].questions[1].figure;
  office.enter(life, "2.5");
  office.choose(*green_page(office).preconditions[3].questions[0].answer, "yes");
  CHECK(green_page(office).preconditions[3].verdict.tone == screens::Tone::bad);
}
