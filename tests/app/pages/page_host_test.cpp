#include "tests/app/pages/failing_pages.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

struct WithExamplePage : Office {
  WithExamplePage() {
    failing() = {};
    open_page("example");
    REQUIRE(view().open_page == "example");
  }
  ~WithExamplePage() { failing() = {}; }
  // Another page, and a record entered beside it.
  void check_that_others_go_on() {
    open_page("tables");
    CHECK(page_problem().empty());
    CHECK(contains(page_words(), "读入表格"));
    open_page("places");
    const std::uint64_t before = operations();
    open_example_place();
    CHECK(operations() > before);
  }
};

}  // namespace

TEST_CASE("a page that cannot be made says so in its place, and the others go on") {
  WithExamplePage office;
  failing().refuses_to_be_made = true;
  office.open_page("example");
  CHECK(office.page_problem() == "示例：这一页做不成");
  office.check_that_others_go_on();
  failing().refuses_to_be_made = false;
  office.open_page("example");
  CHECK(office.page_problem().empty());
  CHECK(contains(office.page_words(), "按了 0 次"));
}

TEST_CASE("a page that throws while it is made says so in its place, and the others go on") {
  WithExamplePage office;
  failing().throws_when_made = true;
  office.open_page("example");
  CHECK(contains(office.page_problem(), "其余各页不受影响"));
  CHECK(contains(office.page_problem(), "example: thrown"));
  office.check_that_others_go_on();
}

TEST_CASE("a page whose title cannot be made is called by its name, and the head stands") {
  WithExamplePage office;
  failing().throws_as_title = true;
  office.open_page("example");
  CHECK(office.view().pages.options[*office.view().pages.chosen].label == "example");
  CHECK(contains(office.page_words(), "按了 0 次"));
  office.check_that_others_go_on();
}

TEST_CASE("a handler that fails says so on its page, which stays, and the next press is heard") {
  WithExamplePage office;
  office.press("example.press");
  SUBCASE("with an error") {
    office.press("example.refuse");
    CHECK(office.page_problem() == "示例：做不到");
  }
  SUBCASE("with an exception") {
    office.press("example.throw");
    CHECK(contains(office.page_problem(), "example: handler"));
  }
  SUBCASE("with an exception on the worker") {
    office.press("example.beside");
    REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
    CHECK(contains(office.page_problem(), "example: beside"));
  }
  CHECK(contains(office.page_words(), "按了 1 次"));
  office.press("example.press");
  CHECK(office.page_problem().empty());
  CHECK(contains(office.page_words(), "按了 2 次"));
  office.press("example.refuse");
  office.check_that_others_go_on();
}

TEST_CASE("only what is open is made, and only when something changed") {
  WithExamplePage office;
  const int made = failing().made;
  CHECK(made == 1);
  office.workbench->handle({});
  office.wait(10'000);
  CHECK(failing().made == made);
  office.press("example.press");
  CHECK(failing().made == made + 1);
  office.open_page("tables");
  office.fill("tables.path", "a.csv");
  CHECK(failing().made == made + 1);
}

TEST_CASE("a page within another is made without it, and what goes wrong in one is said in that one") {
  WithExamplePage office;
  office.open_place(office.mine("3-02"));
  const blocks::Blocks* const whole = &office.tree();
  const blocks::Blocks* const within = &office.page();
  REQUIRE(whole != within);
  const auto* const first = within->data();
  office.fill("places.search", "铁矿");
  CHECK(office.page().data() == first);  // the place was not made again for a character of the search
  office.open_place_tab("green");
  office.choose("green.part", "tier");
  office.press("green.begin.xinjiang");
  office.choose("green.part", "items");
  office.fill("green.item.number", "很多");
  office.fill("green.item.marks", "2");
  office.press("green.enter.marks");
  CHECK(contains(office.page_problem(), "没有这一项"));
  CHECK(std::holds_alternative<blocks::Panes>(office.tree().front().shape));  // nothing is said above the list
  office.choose("green.part", "marks");
  CHECK(office.page_problem().empty());
  office.choose("green.part", "items");
  CHECK(contains(office.page_problem(), "没有这一项"));
}

TEST_CASE("what moves on by itself is made anew alone; where that fails the page says so, and the rest of it stays") {
  WithExamplePage office;
  office.open_example_place();
  office.start_visit("patrol");
  office.open_visit_tab("positions");
  office.let_time_run();
  office.press("gps.example");
  office.press("gps.start");
  office.open_page("example");
  const int made = failing().made;
  const int renewed = failing().renewed;
  REQUIRE(office.wait_for([&] { return failing().renewed >= renewed + 3; }));
  CHECK(failing().made == made);
  CHECK(contains(office.page_words(), "更新了 " + std::to_string(failing().renewed) + " 次"));
  failing().throws_when_renewed = true;
  REQUIRE(office.wait_for([&] { return !office.page_problem().empty(); }));
  CHECK(contains(office.page_problem(), "example: renewed"));
  office.press("example.press");
  CHECK(contains(office.page_words(), "按了 1 次"));
}
