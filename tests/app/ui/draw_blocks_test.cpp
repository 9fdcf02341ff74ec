#include "app/ui/draw_blocks.h"

#include <doctest/doctest.h>

#include <functional>

#include "tests/app/ui/bench_of_controls.h"

using namespace kuangxun;
using tests::ControlBench;
using What = blocks::Event::What;

namespace {

// What was typed stands in the tree at the next drawing, as a page keeps it.
void keep(blocks::Blocks& blocks, const blocks::Event& event) {
  for (blocks::Block& block : blocks) {
    if (auto* columns = std::get_if<blocks::Columns>(&block.shape)) keep(columns->cells, event);
    auto* entry = std::get_if<blocks::Entry>(&block.shape);
    if (entry != nullptr && entry->name == event.name) entry->text = event.text;
  }
}

// A page that is drawn until the test ends; what was done to it, in order.
struct Drawn {
  explicit Drawn(blocks::Blocks shown)
      : page(std::move(shown)), bench([this](ui::Frame& frame) {
          for (blocks::Event& event : ui::draw_blocks(frame, page)) {
            if (event.what == What::write) keep(page, event);
            events.push_back(std::move(event));
          }
        }) {}
  std::string heard() const {
    std::string text;
    for (const blocks::Event& event : events) {
      text += std::to_string(static_cast<int>(event.what)) + " " + event.name + " " + event.text + "\n";
    }
    return text;
  }
  static std::string line(What what, const std::string& name, const std::string& text = {}) {
    return std::to_string(static_cast<int>(what)) + " " + name + " " + text + "\n";
  }

  blocks::Blocks page;
  std::vector<blocks::Event> events;
  ControlBench bench;
};

const std::vector<blocks::Option> two = {{"a", "1", "甲"}, {"b", "2", "乙"}};

}  // namespace

TEST_CASE("controls of a tree are pressed by their names and say what was done, never what it means") {
  blocks::Blocks page;
  page += blocks::Choice{"tab", "", two, 0, {}, blocks::Choice::Look::tabs};
  page += blocks::Choice{"kind", "种类", two, 0, {}};
  page += blocks::Choice{"list", "表", two, {}, {}, blocks::Choice::Look::list};
  page += blocks::Check{"all", "全部", false, {}};
  page += blocks::Row{"row.0", "一处", "详情"};
  blocks::Section section{"部分", {}};
  section.blocks += blocks::Button{"go", "去", {}};
  section.blocks += blocks::Button{"off", "不行", {}, blocks::Tone::plain, false, "先填文件"};
  page += std::move(section);
  Drawn drawn(std::move(page));
  drawn.bench.press("tab.b");
  drawn.bench.press("kind.b");
  drawn.bench.press("kind.a");  // chosen already: nothing was done
  drawn.bench.press("list");
  drawn.bench.press("list.b");
  drawn.bench.press("all");
  drawn.bench.press("row.0");
  drawn.bench.press("go");
  drawn.bench.press("off");
  CHECK(drawn.heard() == Drawn::line(What::choose, "tab", "b") + Drawn::line(What::choose, "kind", "b") +
                             Drawn::line(What::choose, "list", "b") + Drawn::line(What::turn, "all", "yes") +
                             Drawn::line(What::press, "row.0") + Drawn::line(What::press, "go"));
}

TEST_CASE("what is typed comes with each character, and that the field was left") {
  blocks::Blocks page;
  blocks::Columns columns{"columns", 2, {}};
  columns.cells += blocks::Entry{"first", "一", "", {}};
  columns.cells += blocks::Entry{"second", "二", "", {}};
  page += std::move(columns);
  Drawn drawn(std::move(page));
  drawn.bench.type("first", "甲");
  REQUIRE_FALSE(drawn.events.empty());
  CHECK(drawn.events.front().what == What::write);
  CHECK(drawn.events.front().name == "first");
  CHECK(drawn.events.front().text == "甲");
  drawn.bench.press("second");
  CHECK(drawn.events.back().what == What::leave);
  CHECK(drawn.events.back().name == "first");
  // Beside each other.
  const ui::Control* first = drawn.bench.context().find_control("first");
  const ui::Control* second = drawn.bench.context().find_control("second");
  CHECK(first->area.top == second->area.top);
  CHECK(first->area.left + first->area.width <= second->area.left);
}

TEST_CASE("all words of a tree are on the screen, a problem below its field too") {
  blocks::Blocks page;
  page += blocks::Heading{"标题"};
  page += blocks::Notice{"须知"};
  page += blocks::Fact{"面积", "1.2 公顷", "实测"};
  page += blocks::Line{{{blocks::Badge{"符合", blocks::Tone::good}}, {blocks::Badge{""}}, {blocks::Text{"说明"}}}};
  page += blocks::Divider{};
  blocks::Entry entry{"share", "份额", "104", {}};
  entry.problem = "超过一百";
  page += std::move(entry);
  blocks::Columns columns{"sides", 2, {}};
  blocks::Stack stack;
  stack.blocks += blocks::Text{"左"};
  columns.cells += std::move(stack);
  columns.cells += blocks::Text{"右"};
  page += std::move(columns);
  // Not enabled: what is chosen is shown, and nothing opens.
  page += blocks::Choice{"list", "表", two, 1, {}, blocks::Choice::Look::list, false};
  page += blocks::Choice{"none", "没有", {}, {}, {}};
  Drawn drawn(std::move(page));
  for (const char* words :
       {"标题", "须知", "面积", "1.2 公顷", "实测", "符合", "说明", "份额", "104", "超过一百", "左", "右", "乙"}) {
    CAPTURE(words);
    CHECK(drawn.bench.context().shows_text(words));
  }
  CHECK(drawn.bench.context().find_control("list") == nullptr);
  CHECK_FALSE(drawn.bench.context().shows_text("没有"));
}

TEST_CASE("a list stands left of what is chosen in it, each scrolls on its own, and a gap pushes buttons to the end") {
  blocks::Pane list{"list", {}};
  blocks::Line head;
  head.blocks += blocks::Text{std::string(300, 'x')};
  head.blocks += blocks::Gap{};
  head.blocks += blocks::Button{"add", "添加", {}};
  list.blocks += std::move(head);
  blocks::Pane rows{"rows", {}, false};
  for (int row = 0; row < 100; ++row) rows.blocks += blocks::Row{"row." + std::to_string(row), "一处", "详情"};
  list.blocks += std::move(rows);
  blocks::Pane chosen{"chosen", {}};
  const auto other = std::make_shared<blocks::Blocks>();
  *other += blocks::Button{"inner", "里面", {}};
  chosen.blocks += blocks::Inset{other};
  blocks::Panes panes;
  panes.cells += std::move(list);
  panes.cells += std::move(chosen);
  blocks::Blocks page;
  page += std::move(panes);
  Drawn drawn(std::move(page));
  drawn.bench.scroll_into_view("row.99");
  drawn.bench.press("row.99");
  drawn.bench.press("add");  // the head did not scroll away, and the long words gave way
  drawn.bench.press("inner");
  CHECK(drawn.heard() ==
        Drawn::line(What::press, "row.99") + Drawn::line(What::press, "add") + Drawn::line(What::press, "inner"));
  const ui::Control* row = drawn.bench.context().find_control("row.0");
  const ui::Control* inner = drawn.bench.context().find_control("inner");
  REQUIRE(row != nullptr);
  REQUIRE(inner != nullptr);
  CHECK(row->area.left + row->area.width <= inner->area.left);
}
