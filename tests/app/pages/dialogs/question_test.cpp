#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("a dialog without a name cannot be confirmed and says why") {
  Office office;
  office.press("places.add");
  CHECK_FALSE(office.button("dialog.confirm").enabled);
  CHECK_FALSE(office.button("dialog.confirm").hint.empty());
  office.press("dialog.cancel");
  CHECK_FALSE(office.has_dialog());
}

TEST_CASE("what was typed into a dialog is gone when it opens again, and what does not go is said in it") {
  Office office;
  office.open_example_place();
  office.open_place_tab("restoration");
  office.press("place.add_unit");
  CHECK(office.find<blocks::Check>("dialog.is_example")->is_on);  // as the place is
  office.fill("dialog.unit_name", "示例二区");
  office.fill("dialog.unit_area", "许多");
  office.press("dialog.confirm");
  REQUIRE(office.has_dialog());
  const auto* problem = std::get_if<blocks::Notice>(&office.dialog().front().shape);
  REQUIRE(problem != nullptr);
  CHECK(problem->tone == blocks::Tone::bad);
  CHECK(office.entry("dialog.unit_name").text == "示例二区");
  office.press("dialog.cancel");
  office.press("place.add_unit");
  CHECK(office.entry("dialog.unit_name").text.empty());
  CHECK(std::get_if<blocks::Notice>(&office.dialog().front().shape) == nullptr);
}
