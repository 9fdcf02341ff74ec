#include "app/ui/edit.h"

#include <doctest/doctest.h>

#include "app/ui/layout.h"
#include "app/ui/widgets.h"
#include "db/base/limits.h"
#include "tests/app/ui/bench_of_controls.h"

using namespace kuangxun;
using tests::ControlBench;

namespace {

struct Form {
  std::string name;
  std::string remark;
  int changes = 0;
  int left = 0;
  int confirmed = 0;
  ControlBench bench;

  Form() : bench([this](ui::Frame& frame) { draw(frame); }) {}
  void draw(ui::Frame& frame) {
    const ui::EditResult result = ui::text_input(frame, "name", name, {.label = "名称", .hint = "必填"});
    changes += result.changed ? 1 : 0;
    left += result.left ? 1 : 0;
    confirmed += result.confirmed ? 1 : 0;
    ui::text_input(frame, "remark", remark, {.lines = 3});
    ui::button(frame, "other", "别处");
  }
};

}  // namespace

TEST_CASE("typing changes the text at once; leaving the field ends one edit") {
  Form form;
  form.bench.type("name", "石灰岩矿");
  CHECK(form.name == "石灰岩矿");
  CHECK(form.changes >= 1);
  CHECK(form.left == 0);
  form.bench.press("other");
  CHECK(form.left == 1);
  form.bench.press("name");
  form.bench.press("other");
  CHECK(form.left == 1);
}

TEST_CASE("Enter confirms a field of one line and breaks the line of a longer one") {
  Form form;
  form.bench.type("name", "甲");
  form.bench.key("Enter");
  CHECK(form.confirmed == 1);
  CHECK(form.left == 1);
  form.bench.type("remark", "第一行");
  form.bench.key("Enter");
  form.bench.context().input().push(ui::TextInput{"第二行"});
  form.bench.settle();
  CHECK(form.remark == "第一行\n第二行");
}

TEST_CASE("a hint that the field has no room for stands above it, whole") {
  std::string number;
  std::string place;
  const auto top_of = [&](std::string_view hint) {
    ControlBench bench([&](ui::Frame& frame) {
      ui::text_input(frame, "number", number, {.hint = hint, .width_px = 120});
      ui::text_input(frame, "place", place, {.width_px = 120});
    });
    bench.settle();
    CHECK(bench.context().shows_text(hint));
    return bench.context().find_control("number")->area.top;
  };
  const float inside = top_of("文号");
  CHECK(top_of("its name and number as they stand on the paper") > inside);
}

TEST_CASE("Escape leaves the field and keeps the text") {
  Form form;
  form.bench.type("name", "已写");
  form.bench.key("Escape");
  CHECK(form.name == "已写");
  CHECK(form.left == 1);
  CHECK_FALSE(form.bench.context().wants_text_input());
}

TEST_CASE("rare characters, Hangul and private-use ones survive being edited around") {
  Form form;
  form.name = "𠮷\xEE\x80\x80한";
  form.bench.settle();
  form.bench.type("name", "𪚥末");
  form.bench.key("End");
  CHECK(form.name.size() == std::string("𠮷\xEE\x80\x80한𪚥末").size());
  for (const char* part : {"𠮷", "\xEE\x80\x80", "한", "𪚥末"}) CHECK(form.name.find(part) != std::string::npos);
}

TEST_CASE("copy and paste carry the real characters") {
  Form form;
  form.name = "𠮷矿";
  form.bench.settle();
  form.bench.press("name");
  form.bench.key("Control+A");
  form.bench.key("Control+C");
  CHECK(form.bench.clipboard == "𠮷矿");
  form.bench.clipboard = "𠀀坑";
  form.bench.key("Control+V");
  CHECK(form.name == "𠀀坑");
  form.bench.clipboard = "\xFF\xFE";
  form.bench.key("Control+V");
  CHECK(form.name == "𠀀坑");
}

TEST_CASE("text from outside wins over the field being edited") {
  Form form;
  form.bench.type("name", "本机");
  form.name = "别人改的";
  form.bench.settle();
  CHECK(form.name == "别人改的");
  form.bench.press("other");
  CHECK(form.name == "别人改的");
}

TEST_CASE("a field takes no more than the limit, whole characters only") {
  Form form;
  std::string much;
  while (much.size() < limits::text_bytes_max + 3000) much += "矿";
  form.bench.type("remark", much);
  CHECK(form.remark.size() <= limits::text_bytes_max);
  CHECK(form.remark.size() > limits::text_bytes_max - 8);
  CHECK(form.remark.size() % 3 == 0);
}

TEST_CASE("the input method is told where the caret is, and its composition is shown but not entered") {
  Form form;
  form.bench.press("name");
  const ui::Rectangle caret = form.bench.context().caret();
  const ui::Rectangle field = form.bench.context().find_control("name")->area;
  CHECK(caret.top >= field.top - 1);
  CHECK(caret.top < field.top + field.height);
  form.bench.context().set_composition("shi hui yan");
  form.bench.settle();
  CHECK(form.bench.context().shows_text("shi hui yan"));
  CHECK(form.name.empty());
}

TEST_CASE("Tab goes on to the next field, which takes what is typed") {
  Form form;
  form.bench.type("name", "甲");
  form.bench.key("Tab");
  CHECK(form.left == 1);
  REQUIRE(form.bench.context().find_control("remark")->focused);
  form.bench.context().input().push(ui::TextInput{"乙"});
  form.bench.settle();
  CHECK(form.name == "甲");
  CHECK(form.remark == "乙");
}
