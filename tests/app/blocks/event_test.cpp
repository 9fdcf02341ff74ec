#include "app/blocks/event.h"

#include <doctest/doctest.h>

using namespace kuangxun;
using blocks::Event;
using What = blocks::Event::What;

namespace {

// A page with a control of each kind, some of them deep inside; `heard` is what its handlers were told.
struct SmallPage {
  std::vector<std::string> heard;

  blocks::TextHandler note(const std::string& name) {
    return [this, name](const std::string& text) -> Status {
      heard.push_back(name + "=" + text);
      return {};
    };
  }
  blocks::Handler note_press(const std::string& name) {
    return [this, name]() -> Status {
      heard.push_back(name);
      return {};
    };
  }
  blocks::Blocks tree() {
    blocks::Blocks inner;
    inner += blocks::Entry{"path", "文件", "a.csv", note("path"), note_press("path left")};
    inner += blocks::Button{"go", "去", note_press("go")};
    blocks::Columns columns{"columns", 2, {}};
    columns.cells += blocks::Stack{std::move(inner)};
    columns.cells += blocks::Check{"all", "全部", false, [this](bool is_on) -> Status {
                                     heard.push_back(is_on ? "all on" : "all off");
                                     return {};
                                   }};
    blocks::Section section{"部分", {}};
    section.blocks += std::move(columns);
    blocks::Blocks page;
    page += std::move(section);
    page += blocks::Button{"off", "不行", note_press("off"), blocks::Tone::plain, false, "先填文件"};
    page += blocks::Choice{"kind", "种类", {{"none", "", "不填"}, {"a", "a", "甲"}}, 1, note("kind")};
    page += blocks::Row{"row.0", "一处", "详情", {}, note_press("row.0")};
    return page;
  }
  void take(const blocks::Blocks& page, const Event& event) {
    if (const blocks::Handler action = blocks::action_of(page, event)) REQUIRE(action().ok());
  }
};

}  // namespace

TEST_CASE("what a person does to a control is found by its name, however deep it stands") {
  SmallPage small;
  const blocks::Blocks page = small.tree();
  small.take(page, {What::press, "go"});
  small.take(page, {What::write, "path", "b.csv"});
  small.take(page, {What::leave, "path"});
  small.take(page, {What::turn, "all", "yes"});
  small.take(page, {What::turn, "all", ""});
  small.take(page, {What::press, "row.0"});
  // An option may mean another text than its key.
  small.take(page, {What::choose, "kind", "none"});
  CHECK(small.heard ==
        std::vector<std::string>{"go", "path=b.csv", "path left", "all on", "all off", "row.0", "kind="});
}

TEST_CASE("what is not there, not enabled or not its kind does nothing") {
  SmallPage small;
  const blocks::Blocks page = small.tree();
  CHECK_FALSE(blocks::action_of(page, {What::press, "gone"}));
  CHECK_FALSE(blocks::action_of(page, {What::press, "off"}));
  CHECK_FALSE(blocks::action_of(page, {What::press, "path"}));
  CHECK_FALSE(blocks::action_of(page, {What::write, "go", "x"}));
  CHECK_FALSE(blocks::action_of(page, {What::choose, "kind", "b"}));
  CHECK_FALSE(blocks::action_of(page, {What::turn, "go", "yes"}));
}

TEST_CASE("a text that stands alone is kept in the tree with its problem; another asks for a new tree") {
  SmallPage small;
  blocks::Blocks page = small.tree();
  CHECK_FALSE(blocks::keep_written(page, {What::write, "path", "b.csv"}));
  CHECK(blocks::find<blocks::Entry>(page, "path")->text == "b.csv");
  CHECK_FALSE(blocks::keep_written(page, {What::write, "gone", "x"}));
  blocks::Blocks alone;
  blocks::Entry entry{"share", "份额", "10", small.note("share")};
  entry.problem_after = [] { return std::string("超过 100"); };
  alone += std::move(entry);
  CHECK(blocks::keep_written(alone, {What::write, "share", "104"}));
  CHECK(blocks::find<blocks::Entry>(alone, "share")->text == "104");
  CHECK(blocks::find<blocks::Entry>(alone, "share")->problem == "超过 100");
  CHECK_FALSE(blocks::keep_written(alone, {What::leave, "share"}));
}

TEST_CASE("all words of a tree can be read, those of what was chosen too") {
  SmallPage small;
  const std::string words = blocks::words_of(small.tree());
  for (const char* word : {"部分", "a.csv", "去", "全部", "不行", "甲", "一处", "详情"}) {
    CAPTURE(word);
    CHECK(words.find(word) != std::string::npos);
  }
  CHECK(words.find("不填") == std::string::npos);
}

TEST_CASE("what another page shows within a tree is found, pressed and written into as if it stood there") {
  SmallPage small;
  const auto other = std::make_shared<blocks::Blocks>(small.tree());
  blocks::Pane pane{"pane", {}};
  pane.blocks += blocks::Inset{other};
  pane.blocks += blocks::Inset{};  // nothing
  blocks::Blocks whole;
  whole += std::move(pane);
  CHECK(blocks::action_of(whole, {What::press, "go"}));
  CHECK_FALSE(blocks::keep_written(whole, {What::write, "path", "b.csv"}));
  CHECK(blocks::find<blocks::Entry>(*other, "path")->text == "b.csv");
  CHECK(blocks::words_of(whole) == blocks::words_of(*other));
}
