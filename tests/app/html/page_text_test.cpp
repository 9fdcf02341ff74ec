#include "app/html/page_text.h"

#include <doctest/doctest.h>

using namespace kuangxun;

namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string text_of(blocks::Blocks page) {
  return html::page_text("标题", page, Language::chinese);
}

}  // namespace

TEST_CASE("what stands in a tree is shown as it is and never taken as HTML") {
  blocks::Blocks page;
  page += blocks::Text{"<script>alert('1 & 2')</script>"};
  page += blocks::Entry{"a\"b", "名称", "\"><img src=x onerror=alert(1)>", {}};
  const std::string text = html::page_text("<b>", page, Language::chinese);
  CHECK_FALSE(contains(text, "<script>"));
  CHECK_FALSE(contains(text, "<img"));
  CHECK(contains(text, "&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;"));
  CHECK(contains(text, "name=\"a&quot;b\""));
  CHECK(contains(text, "<title>&lt;b&gt;</title>"));
}

TEST_CASE("the language of the words is that of the document") {
  CHECK(contains(html::page_text("x", {}, Language::chinese), "<html lang=\"zh-CN\">"));
  CHECK(contains(html::page_text("x", {}, Language::english), "<html lang=\"en\">"));
}

TEST_CASE("controls carry their names and how they stand") {
  blocks::Blocks page;
  page += blocks::Button{"save", "保存", {}, blocks::Tone::accent, false, "先填名称"};
  page += blocks::Check{"all", "全部", true, {}};
  page += blocks::Choice{"kind", "种类", {{"a", "a", "甲"}, {"b", "b", "乙"}}, 1, {}};
  page += blocks::Choice{"list", "表", {{"a", "a", "甲"}}, {}, {}, blocks::Choice::Look::list};
  page += blocks::Choice{"tab", "", {{"a", "a", "甲"}, {"b", "b", "乙"}}, 1, {}, blocks::Choice::Look::tabs};
  page += blocks::Choice{"empty", "空", {}, {}, {}};
  page += blocks::Row{"row.0", "一处", "详情", {"示例"}, {}, true};
  blocks::Entry problem{"share", "份额", "104", {}};
  problem.problem = "超过 100";
  page += std::move(problem);
  const std::string text = text_of(page);
  CHECK(contains(text, "<button name=\"save\" class=\"accent\" title=\"先填名称\" disabled>保存</button>"));
  CHECK(contains(text, "<input type=\"checkbox\" value=\"yes\" name=\"all\" checked>"));
  CHECK(contains(text, "name=\"kind\" value=\"b\" checked>"));
  CHECK(contains(text, "name=\"kind\" value=\"a\">"));
  CHECK(contains(text, "<select name=\"list\"><option value=\"\" selected>—</option>"));
  CHECK(contains(text, "<button name=\"tab\" value=\"b\" aria-current=\"page\">乙</button>"));
  CHECK_FALSE(contains(text, "空"));
  CHECK(contains(text, "name=\"row.0\" aria-current=\"true\">"));
  CHECK(contains(text, "超过 100"));
}

TEST_CASE("panes stand beside each other, a gap pushes what follows to the end, and what another page shows is there") {
  blocks::Pane list{"list", {}};
  blocks::Line head;
  head.blocks += blocks::Text{"35 处"};
  head.blocks += blocks::Gap{};
  head.blocks += blocks::Button{"add", "添加", {}};
  list.blocks += std::move(head);
  blocks::Pane chosen{"chosen", {}, false};
  blocks::Inset inset{std::make_shared<blocks::Blocks>()};
  *inset.tree += blocks::Text{"别的页"};
  chosen.blocks += inset;
  chosen.blocks += blocks::Inset{};
  blocks::Panes panes;
  panes.cells += std::move(list);
  panes.cells += std::move(chosen);
  blocks::Blocks page;
  page += std::move(panes);
  const std::string text = text_of(page);
  CHECK(contains(text, "<div class=\"panes list\">\n<div class=\"pane framed\">"));
  CHECK(contains(text, "<span class=\"gap\"></span><button name=\"add\""));
  CHECK(contains(text, "<div class=\"pane\"><p class=\"plain\">别的页</p>"));
  // It is the tree as it stands now, not as it was when the page was made.
  inset.tree->clear();
  CHECK_FALSE(contains(text_of(page), "别的页"));
}

TEST_CASE("a secret is not written out") {
  blocks::Blocks page;
  blocks::Entry pin{"pin", "口令", "4711-08", {}};
  pin.is_secret = true;
  page += std::move(pin);
  CHECK(contains(text_of(page), "type=\"password\""));
  CHECK_FALSE(contains(text_of(page), "4711"));
}

TEST_CASE("what stands inside something stands inside it here too, and every element ends") {
  blocks::Blocks cell;
  cell += blocks::Fact{"面积", "1.2 公顷", "实测"};
  blocks::Columns columns{"c", 2, {}};
  columns.cells += blocks::Stack{cell};
  columns.cells += blocks::Text{"右"};
  blocks::Section section{"部分", {}};
  section.blocks += std::move(columns);
  section.blocks += blocks::Line{{{blocks::Badge{"符合", blocks::Tone::good}}, {blocks::Badge{""}}}};
  section.blocks += blocks::Divider{};
  blocks::Blocks page;
  page += std::move(section);
  const std::string text = text_of(page);
  CHECK(text.find("<section>") < text.find("repeat(2,"));
  CHECK(text.find("repeat(2,") < text.find("1.2 公顷"));
  CHECK(text.find("1.2 公顷") < text.find("</section>"));
  const auto count = [&](std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  for (const std::string tag : {"div", "section", "p", "span", "form", "body", "html"}) {
    CAPTURE(tag);
    CHECK(count("<" + tag + ">") + count("<" + tag + " ") == count("</" + tag + ">"));
  }
  CHECK(count("class=\"badge") == 1);
}
