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

const screens::GreenView& green(Office& office) {
  return *office.view().place->green;
}

const screens::Button& begin_button(Office& office, std::string_view index) {
  const auto& buttons = green(office).begin;
  const auto found = std::ranges::find(buttons, "green.begin." + std::string(index), &screens::Button::name);
  REQUIRE(found != buttons.end());
  return *found;
}

}  // namespace

TEST_CASE("the page of a mine: no assessment, no tier, and both can be begun; other places have no such page") {
  Office office;
  open_green(office);
  CHECK(green(office).title.empty());
  CHECK(green(office).tiers.empty());
  CHECK_FALSE(green(office).set_tier.enabled);
  CHECK_FALSE(green(office).tier.chosen);  // none is proposed
  CHECK(contains(green(office).advice, "不是任何一级的结论"));
  CHECK_FALSE(green(office).clauses.empty());
  office.open_example_place();
  CHECK_FALSE(office.view().place->green);
  for (const screens::Option& tab : office.view().place->tabs.options) CHECK(tab.key != "green");
}

TEST_CASE("a tier needs a reason and a name, is recorded, and the earlier one stays below it") {
  Office office;
  open_green(office);
  office.write(Slot::green_tier, "supervise");
  office.write(Slot::green_reason, "示例：基础条件较差");
  CHECK_FALSE(green(office).set_tier.enabled);  // nobody is enrolled: by whom?
  office.write(Slot::green_by, "示例检查员");
  REQUIRE(green(office).set_tier.enabled);
  office.press(green(office).set_tier);
  CHECK(contains(office.message(), "已记录"));
  office.clock.advance_ms(86'400'000);
  office.write(Slot::green_tier, "cultivate");
  office.write(Slot::green_reason, "示例：已整改");
  office.press(green(office).set_tier);
  REQUIRE(green(office).tiers.size() == 2);
  CHECK(green(office).tiers[0].label == "培育");
  CHECK(contains(green(office).tiers[1].note, "基础条件较差"));
}

TEST_CASE(
    "an assessment is begun, a precondition answered, and the page says what is missing and that there is no total") {
  Office office;
  open_green(office);
  const auto& begin = green(office).begin;
  REQUIRE_FALSE(begin.empty());
  office.press(begin_button(office, "xinjiang"));
  CHECK(office.message().empty());
  REQUIRE_FALSE(green(office).title.empty());
  CHECK(contains(green(office).title, "自治区级"));
  REQUIRE(green(office).preconditions.size() == 5);
  CHECK_FALSE(green(office).no_total.empty());
  CHECK(green(office).sums.empty());
  CHECK_FALSE(green(office).preconditions[4].questions[0].where.empty());
  const screens::ChoiceEntry answer = *green(office).preconditions[4].questions[0].answer;
  office.choose(answer, "no");
  CHECK(office.message().empty());
  CHECK(green(office).preconditions[4].verdict.tone == screens::Tone::bad);
  CHECK(green(office).preconditions[4].questions[0].where.empty());
  // Changed afterwards: the same record, not a second one.
  const screens::ChoiceEntry again = *green(office).preconditions[4].questions[0].answer;
  office.choose(again, "yes");
  CHECK(green(office).preconditions[4].verdict.tone == screens::Tone::good);
  const screens::TextEntry life = *green(office).preconditions[3].questions[1].figure;
  office.enter(life, "2.5");
  office.choose(*green(office).preconditions[3].questions[0].answer, "yes");
  CHECK(green(office).preconditions[3].verdict.tone == screens::Tone::bad);
}
