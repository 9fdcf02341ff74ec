#include "db/base/files.h"
#include "db/base/text.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/green_table.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"
#include "tests/app/invented_table/invented_table.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

namespace kinds = records::kinds;
constexpr const char* limestone = "新疆特克斯县托斯马能萨依水泥用石灰岩矿";

void open_page(Office& office) {
  office.open_page("tables");
  REQUIRE(office.view().open_page == "tables");
}

std::string file(Office& office, const std::string& name, const std::string& text) {
  const auto path = office.folder.path() / name;
  REQUIRE(write_file_durably(path, as_bytes(text)).ok());
  return path.string();
}

// Presses it and waits for the worker.
void run(Office& office, std::string_view name) {
  office.press("tables." + std::string(name));
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
}

}  // namespace

TEST_CASE("a table of returns is tried, entered, and entered again without a second copy") {
  Office office;
  open_page(office);
  CHECK_FALSE(office.button("tables.enter").enabled);
  CHECK(contains(office.button("tables.enter").hint, "先填文件路径"));
  office.fill("tables.path",
              file(office, "年报.csv", std::string("矿山名称,年产量（万吨）\n") + limestone + ",41.2\n"));
  run(office, "try");
  // The year stands neither in the table nor beside it.
  CHECK(contains(office.page_problem(), "没有年度"));
  CHECK_FALSE(contains(office.page_words(), "年报.csv\n"));
  office.fill("tables.year", "2024");
  run(office, "try");
  CHECK(contains(office.page_words(), "新增 1"));
  CHECK(contains(office.page_words(), "未录入任何内容"));
  CHECK(office.store->list(kinds::annual_return)->empty());
  run(office, "enter");
  CHECK(contains(office.page_words(), "读到 1 行：新增 1，已有 0，修改 0\n"));
  REQUIRE(office.store->list(kinds::annual_return)->size() == 1);
  run(office, "enter");
  CHECK(contains(office.page_words(), "已有 1"));
  CHECK(office.store->list(kinds::annual_return)->size() == 1);
}

TEST_CASE("a table that differs from what stands is listed and enters nothing until somebody says which counts") {
  Office office;
  open_page(office);
  office.fill("tables.year", "2024");
  office.fill("tables.path", file(office, "一.csv", std::string("矿山名称,年产量（万吨）\n") + limestone + ",41.2\n"));
  run(office, "enter");
  office.fill("tables.path", file(office, "二.csv", std::string("矿山名称,年产量（万吨）\n") + limestone + ",43\n"));
  run(office, "enter");
  CHECK(contains(office.page_words(), "此处是 41.2，表里是 43"));
  CHECK(contains(office.page_words(), "未录入任何内容"));
  CHECK(office.store->list(kinds::annual_return)->front().display(records::annual_return::output) == "41.2");
  office.choose("tables.differences", "replace");
  run(office, "enter");
  CHECK(office.store->list(kinds::annual_return)->front().display(records::annual_return::output) == "43");
  // Which counts was said of that table, not of the next one.
  CHECK(office.choice("tables.differences").chosen == 0);
}

TEST_CASE("a file that is no table, or is not there, is refused by name and changes nothing") {
  Office office;
  open_page(office);
  const std::uint64_t before = office.operations();
  office.fill("tables.path", file(office, "信.csv", "今天天气好\n"));
  run(office, "enter");
  CHECK(contains(office.page_problem(), "信.csv"));
  CHECK(contains(office.page_problem(), "表头"));
  office.fill("tables.path", (office.folder / "没有.xlsx").string());
  run(office, "enter");
  CHECK(contains(office.page_problem(), "没有.xlsx"));
  CHECK(office.operations() == before);
}

TEST_CASE("the table to be filled in is written, and comes home") {
  Office office;
  open_page(office);
  office.choose("tables.kind", "plans");
  CHECK_FALSE(office.button("tables.write_template").enabled);
  const std::string path = (office.folder / "方案.csv").string();
  office.fill("tables.template_path", path);
  office.press("tables.write_template");
  CHECK(contains(office.message(), "已写出"));
  const auto text = read_text_file(path, 1'000'000);
  REQUIRE(text.ok());
  const std::string empty_row = std::string(limestone) + ",";
  REQUIRE(contains(*text, empty_row));
  CHECK(contains(*text, "方案类型"));
  // Nothing is filled in, which is all that is wrong with it.
  office.fill("tables.path", path);
  run(office, "enter");
  CHECK(contains(office.page_problem(), "必须填写"));
}

TEST_CASE("an item table is taken in by the office: which text it was copied from is asked, its gaps are listed") {
  Office office;
  open_page(office);
  const std::string word = "items-national-2020";
  office.choose("tables.kind", word);
  CHECK(blocks::find<blocks::Choice>(office.page(), "tables.differences") == nullptr);
  office.fill("tables.path", file(office, "指标.csv", csv_of(invented_rows())));
  CHECK(contains(office.button("tables.enter").hint, "官方文本"));
  run(office, "try");
  CHECK(contains(office.page_words(), "读到 100 项"));
  CHECK_FALSE(contains(office.page_words(), "不全："));
  CHECK(office.store->list(kinds::green_table)->empty());
  office.fill("tables.source", "虚构文本");
  office.turn("tables.is_invented", true);
  run(office, "enter");
  CHECK(contains(office.page_words(), "已录入"));
  const auto tables = office.store->list(kinds::green_table);
  REQUIRE(tables->size() == 1);
  CHECK(tables->front().text(records::green_table::text_source) == "虚构文本");
  // Another index's table under this one's name.
  office.choose("tables.kind", "items-xinjiang");
  run(office, "enter");
  CHECK(contains(office.page_problem(), "national-2020"));
  CHECK(office.store->list(kinds::green_table)->size() == 1);
}
