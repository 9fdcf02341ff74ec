#include <doctest/doctest.h>

#include <array>

#include "app/ui/layout.h"
#include "app/ui/table.h"
#include "app/ui/widgets.h"
#include "tests/app/ui/bench_of_controls.h"

using namespace kuangxun;
using tests::ControlBench;

TEST_CASE("a button is pressed once for one press, and not at all when it is not enabled") {
  int presses = 0;
  bool enabled = true;
  ControlBench bench([&](ui::Frame& frame) {
    if (ui::button(frame, "save", "保存", {.enabled = enabled})) ++presses;
  });
  bench.press("save");
  CHECK(presses == 1);
  enabled = false;
  bench.settle();
  bench.press("save");
  CHECK(presses == 1);
  CHECK_FALSE(bench.context().find_control("save")->enabled);
}

TEST_CASE("words with ImGui's own signs in them are shown as they are and are no name") {
  int first = 0;
  int second = 0;
  ControlBench bench([&](ui::Frame& frame) {
    if (ui::button(frame, "a", "100%##同名")) ++first;
    if (ui::button(frame, "b", "100%##同名")) ++second;
    ui::text(frame, "完成 100%s ##");
  });
  bench.press("b");
  CHECK(first == 0);
  CHECK(second == 1);
  CHECK(bench.context().shows_text("100%##同名"));
  CHECK(bench.context().shows_text("完成 100%s ##"));
}

TEST_CASE("names stand inside their scope") {
  ControlBench bench([](ui::Frame& frame) {
    const auto visit = frame.scope("visit");
    const auto answer = frame.scope("answer.3");
    ui::button(frame, "yes", "是");
  });
  CHECK(bench.context().find_control("visit.answer.3.yes") != nullptr);
}

TEST_CASE("one of several choices is pressed, on more than one line if it must be") {
  std::optional<std::size_t> chosen;
  std::vector<ui::Choice> choices;
  for (int index = 0; index < 20; ++index)
    choices.push_back({"k" + std::to_string(index), "选项" + std::to_string(index)});
  ControlBench bench([&](ui::Frame& frame) {
    if (const auto pressed = ui::choose(frame, "answer", choices, chosen)) chosen = pressed;
  });
  bench.press("answer.k17");
  CHECK(chosen == 17);
  const auto& last = bench.context().find_control("answer.k19")->area;
  CHECK(last.left + last.width <= 800);
}

TEST_CASE("a list opens, gives what was pressed and closes; Escape closes it unchanged") {
  std::optional<std::size_t> chosen;
  const std::array<ui::Choice, 2> choices = {{{"open-pit", "露天开采"}, {"underground", "地下开采"}}};
  ControlBench bench([&](ui::Frame& frame) {
    if (const auto pressed = ui::combo(frame, "method", choices, chosen, 300, "请选择")) chosen = pressed;
  });
  bench.press("method");
  REQUIRE(bench.context().find_control("method.underground") != nullptr);
  bench.key("Escape");
  CHECK(bench.context().find_control("method.underground") == nullptr);
  CHECK_FALSE(chosen.has_value());
  bench.press("method");
  bench.press("method.underground");
  CHECK(chosen == 1);
  CHECK(bench.context().find_control("method.underground") == nullptr);
  CHECK(bench.context().shows_text("地下开采"));
}

TEST_CASE("a box is switched by its words too") {
  bool agreed = false;
  int switches = 0;
  ControlBench bench([&](ui::Frame& frame) {
    if (ui::checkbox(frame, "agreed", "当事人在场并同意拍照", agreed)) ++switches;
  });
  bench.press("agreed");
  CHECK(agreed);
  CHECK(switches == 1);
}

TEST_CASE("what is scrolled away cannot be pressed until it is brought into view") {
  int pressed_row = -1;
  ControlBench bench([&](ui::Frame& frame) {
    const ui::Area area(frame, "list", {.height_px = 300});
    for (int index = 0; index < 40; ++index)
      if (ui::row(frame, "row." + std::to_string(index), {.title = "地点", .detail = "详情"})) pressed_row = index;
  });
  CHECK(bench.context().find_control("row.35")->visible_area.empty());
  bench.scroll_into_view("row.35");
  bench.press("row.35");
  CHECK(pressed_row == 35);
}

TEST_CASE("behind a dialog nothing can be pressed, and it closes when nobody draws it") {
  bool asking = true;
  int behind = 0;
  ControlBench bench([&](ui::Frame& frame) {
    if (ui::button(frame, "behind", "后面")) ++behind;
    if (!asking) return;
    const ui::Dialog dialog(frame, "dialog", "确定？");
    if (ui::button(frame, "yes", "是") || frame.shortcut({.key = ui::Key::escape})) asking = false;
  });
  CHECK(bench.context().find_control("behind")->visible_area.empty());
  bench.press("yes");
  CHECK_FALSE(asking);
  bench.press("behind");
  CHECK(behind == 1);
}

TEST_CASE("a row of a table is pressed anywhere on it") {
  int rule = -1;
  const std::array<ui::Column, 2> columns = {{{"规则", 1}, {"理由", 3}}};
  ControlBench bench([&](ui::Frame& frame) {
    ui::Table table(frame, "verdicts", columns);
    for (int index = 0; index < 5; ++index) {
      table.next_row();
      if (table.row_button("rule." + std::to_string(index), "R19")) rule = index;
      table.next_cell();
      ui::text(frame, "理由");
    }
  });
  bench.press("rule.3");
  CHECK(rule == 3);
  CHECK(bench.context().find_control("rule.3")->area.width > 600);
}

TEST_CASE("an action's keys are heard once, by the first who asks") {
  int syncs = 0;
  int others = 0;
  ControlBench bench([&](ui::Frame& frame) {
    if (frame.shortcut({.key = ui::Key::f5})) ++syncs;
    if (frame.shortcut({.key = ui::Key::f5})) ++others;
  });
  bench.key("F5");
  CHECK(syncs == 1);
  CHECK(others == 0);
}

TEST_CASE("the keyboard alone reaches and presses a button") {
  int presses = 0;
  std::string text;
  ControlBench bench([&](ui::Frame& frame) {
    ui::button(frame, "first", "一");
    if (ui::button(frame, "second", "二")) ++presses;
  });
  bench.key("Down");
  for (int index = 0; index < 4 && !bench.context().find_control("second")->focused; ++index) bench.key("Down");
  REQUIRE(bench.context().find_control("second")->focused);
  bench.key("Space");
  CHECK(presses == 1);
}

TEST_CASE("Tab goes from control to control") {
  int presses = 0;
  ControlBench bench([&](ui::Frame& frame) {
    if (ui::button(frame, "first", "一")) ++presses;
    ui::button(frame, "second", "二", {.enabled = false});
    ui::button(frame, "third", "三");
  });
  bench.key("Tab");
  CHECK(bench.context().find_control("first")->focused);
  bench.key("Tab");
  CHECK(bench.context().find_control("third")->focused);
  bench.key("Shift+Tab");
  CHECK(bench.context().find_control("first")->focused);
  CHECK(presses == 0);
  bench.key("Enter");
  CHECK(presses == 1);
}
