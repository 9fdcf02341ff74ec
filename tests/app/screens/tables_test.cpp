#include <algorithm>

#include "db/base/files.h"
#include "db/base/text.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/green_table.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"
#include "tests/app/invented_table/invented_table.h"
#include "tests/app/screens/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using screens::Slot;

namespace {

namespace kinds = records::kinds;
constexpr const char* limestone = "新疆特克斯县托斯马能萨依水泥用石灰岩矿";

const screens::TablesView& page(Office& office) {
  return office.view().tables;
}

void open_page(Office& office) {
  office.press({screens::Command::open_page, {}, "tables"});
  REQUIRE(office.view().page == screens::Page::tables);
}

std::string file(Office& office, const std::string& name, const std::string& text) {
  const auto path = office.folder.path() / name;
  REQUIRE(write_file_durably(path, as_bytes(text)).ok());
  return path.string();
}

const screens::Button& button(Office& office, std::string_view name) {
  const auto& buttons = page(office).buttons;
  const auto found = std::ranges::find(buttons, "tables." + std::string(name), &screens::Button::name);
  REQUIRE(found != buttons.end());
  return *found;
}

// Presses it and waits for the worker.
void run(Office& office, std::string_view name) {
  REQUIRE(button(office, name).enabled);
  office.press(button(office, name));
  REQUIRE(office.wait_for([&] { return !office.workbench->is_busy(); }));
}

}  // namespace

TEST_CASE("a table of returns is tried, entered, and entered again without a second copy") {
  Office office;
  open_page(office);
  CHECK_FALSE(button(office, "enter").enabled);
  CHECK(contains(button(office, "enter").hint, "先填文件路径"));
  office.write(Slot::table_path,
               file(office, "年报.csv", std::string("矿山名称,年产量（万吨）\n") + limestone + ",41.2\n"));
  run(office, "try");
  // The year stands neither in the table nor beside it.
  CHECK(contains(office.message(), "没有年度"));
  CHECK_FALSE(page(office).last);
  office.write(Slot::table_year, "2024");
  run(office, "try");
  REQUIRE(page(office).last);
  CHECK(contains(page(office).last->summary, "新增 1"));
  CHECK(contains(page(office).last->summary, "什么也没有录入"));
  CHECK(office.store->list(kinds::annual_return)->empty());
  run(office, "enter");
  CHECK(page(office).last->summary == "读到 1 行：新增 1，已有 0，修改 0");
  REQUIRE(office.store->list(kinds::annual_return)->size() == 1);
  run(office, "enter");
  CHECK(contains(page(office).last->summary, "已有 1"));
  CHECK(office.store->list(kinds::annual_return)->size() == 1);
}

TEST_CASE("a table that differs from what stands is listed and enters nothing until somebody says which counts") {
  Office office;
  open_page(office);
  office.write(Slot::table_year, "2024");
  office.write(Slot::table_path,
               file(office, "一.csv", std::string("矿山名称,年产量（万吨）\n") + limestone + ",41.2\n"));
  run(office, "enter");
  office.write(Slot::table_path,
               file(office, "二.csv", std::string("矿山名称,年产量（万吨）\n") + limestone + ",43\n"));
  run(office, "enter");
  REQUIRE(page(office).last->differences.size() == 1);
  CHECK(contains(page(office).last->differences[0].value, "这里是 41.2，表里是 43"));
  CHECK(contains(page(office).last->summary, "什么也没有录入"));
  CHECK(office.store->list(kinds::annual_return)->front().display(records::annual_return::output) == "41.2");
  office.write(Slot::table_differences, "replace");
  run(office, "enter");
  CHECK(office.store->list(kinds::annual_return)->front().display(records::annual_return::output) == "43");
  // Which counts was said of that table, not of the next one.
  CHECK(page(office).differences->chosen == 0);
}

TEST_CASE("a file that is no table, or is not there, is refused by name and changes nothing") {
  Office office;
  open_page(office);
  const std::uint64_t before = office.operations();
  office.write(Slot::table_path, file(office, "信.csv", "今天天气好\n"));
  run(office, "enter");
  CHECK(contains(office.message(), "信.csv"));
  CHECK(contains(office.message(), "表头"));
  office.write(Slot::table_path, (office.folder / "没有.xlsx").string());
  run(office, "enter");
  CHECK(contains(office.message(), "没有.xlsx"));
  CHECK(office.operations() == before);
}

TEST_CASE("the table to be filled in is written, and comes home") {
  Office office;
  open_page(office);
  office.write(Slot::table_kind, "plans");
  CHECK_FALSE(page(office).write_template.enabled);
  const std::string path = (office.folder / "方案.csv").string();
  office.write(Slot::template_path, path);
  office.press(page(office).write_template);
  CHECK(contains(office.message(), "已写出"));
  const auto text = read_text_file(path, 1'000'000);
  REQUIRE(text.ok());
  const std::string empty_row = std::string(limestone) + ",";
  REQUIRE(contains(*text, empty_row));
  CHECK(contains(*text, "方案类型"));
  // Nothing is filled in, which is all that is wrong with it.
  office.write(Slot::table_path, path);
  run(office, "enter");
  CHECK(contains(office.message(), "必须填写"));
}

TEST_CASE("an item table is taken in by the office: which text it was copied from is asked, its gaps are listed") {
  Office office;
  open_page(office);
  const std::string word = "items-national-2020";
  const auto& kinds_there = page(office).kind.options;
  REQUIRE(std::ranges::find(kinds_there, word, &screens::Option::key) != kinds_there.end());
  office.write(Slot::table_kind, word);
  CHECK_FALSE(page(office).differences);
  office.write(Slot::table_path, file(office, "指标.csv", csv_of(invented_rows())));
  CHECK(contains(button(office, "enter").hint, "官方文本"));
  run(office, "try");
  REQUIRE(page(office).last);
  CHECK(contains(page(office).last->summary, "读到 100 项"));
  CHECK(page(office).last->notes.empty());
  CHECK(office.store->list(kinds::green_table)->empty());
  office.write(Slot::table_source, "虚构文本");
  office.write(Slot::table_is_invented, "yes");
  run(office, "enter");
  CHECK(contains(page(office).last->summary, "已录入"));
  const auto tables = office.store->list(kinds::green_table);
  REQUIRE(tables->size() == 1);
  CHECK(tables->front().text(records::green_table::text_source) == "虚构文本");
  // Another index's table under this one's name.
  office.write(Slot::table_kind, "items-xinjiang");
  run(office, "enter");
  CHECK(contains(office.message(), "national-2020"));
  CHECK(office.store->list(kinds::green_table)->size() == 1);
}
