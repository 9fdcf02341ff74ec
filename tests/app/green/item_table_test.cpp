#include "app/green/item_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "db/base/csv.h"
#include "db/base/text.h"
#include "tests/app/green/invented.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// The faults of the whole table after one cell or row was changed.
std::string fault_after(const std::function<void(std::vector<InventedRow>&)>& change) {
  auto rows = invented_rows();
  change(rows);
  const auto reading = read_rows(rows);
  return join(reading.faults, "\n");
}

}  // namespace

TEST_CASE("a whole table is read: 6, 24 and 100, sums of 1000 and 220, nothing missing") {
  const auto reading = read_rows(invented_rows());
  CHECK(reading.faults.empty());
  CHECK(reading.index_id == "national-2020");
  CHECK(reading.table.items.size() == 100);
  CHECK(reading.table.marks() == 1000'00);
  CHECK(reading.table.marks_of("矿区环境") == 220'00);
  CHECK(green::gaps_of(reading.table, index_2020()).empty());
}

TEST_CASE("a table is kept as it is while it is not whole, and says what is missing") {
  auto rows = invented_rows();
  rows.resize(60);
  rows[3].marks.clear();
  const auto reading = read_rows(rows);
  CHECK(reading.faults.empty());
  const std::string gaps = join(green::gaps_of(reading.table, index_2020()), "\n");
  CHECK(contains(gaps, "填了 60 项，应有 100 项"));
  CHECK(contains(gaps, "1 项缺指标名称或满分"));
}

TEST_CASE("rows that are blank but for their number are not filled in") {
  const auto reading = green::read_item_table(green::template_of(index_2020()), "t.csv", library());
  REQUIRE(reading.ok());
  CHECK(reading->faults.empty());
  CHECK(reading->table.items.empty());
}

TEST_CASE("the template has a row an item, opens in a spreadsheet, and is read in both languages") {
  for (const Language language : {Language::chinese, Language::english}) {
    set_language(language);
    for (const green::Index& index : library().indexes()) {
      const std::string text = green::template_of(index);
      CHECK(text.starts_with("\xEF\xBB\xBF"));
      const auto table = CsvTable::parse(text, "t.csv");
      REQUIRE(table.ok());
      CHECK(table->row_count() == static_cast<std::size_t>(index.item_count.value_or(50)));
      CHECK(green::read_item_table(text, "t.csv", library()).ok());
    }
  }
  set_language(Language::chinese);
}

TEST_CASE("a damaged cell is named by line and column, with what happened to it") {
  const auto marks = [](std::string text) { return fault_after([&](auto& rows) { rows[4].marks = text; }); };
  CHECK(contains(marks("１２"), "虚构表.csv 第 6 行第 6 列（满分）：有全角数字"));
  CHECK(contains(marks("3月5日"), "改成了日期"));
  CHECK(contains(marks("2024/3/5"), "改成了日期"));
  CHECK(contains(marks("5-Mar"), "改成了日期"));
  CHECK(contains(marks("1E+01"), "科学记数"));
  CHECK(contains(marks("12%"), "不是百分比"));
  CHECK(contains(marks("#REF!"), "出错标记"));
  CHECK(contains(marks("十二"), "不是数"));
  CHECK(contains(marks("-3"), "日期"));  // a hyphen: nobody's marks
  CHECK(contains(marks("12.345"), "小数位"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].number = "１０"; }), "第 11 行第 2 列（序号）：有全角"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].number = "101"; }), "1 至 100"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].number = "9"; }), "序号 9 与第 10 行重复"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].third = rows[7].third; }), "与第 9 行的三级指标重复"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].veto = "也许"; }), "写 是 或 否"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].third = "破\xEF\xBF\xBD"; }), "乱码"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].first = "矿区 环境"; }), "没有一级指标“矿区 环境”"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].second = "资源开采"; }), "没有二级指标“资源开采”"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].index = "national-2024"; }), "一个文件只能有一个评价指标"));
  CHECK(contains(fault_after([](auto& rows) { rows[9].marks = "0"; }), "只能是一票否决项"));
}

TEST_CASE("sums and counts that contradict the index are refused as soon as nothing more can mend them") {
  CHECK(contains(fault_after([](auto& rows) { rows[0].marks = "13"; }), "超过 1000"));
  CHECK(contains(fault_after([](auto& rows) { rows[0].marks = "11"; }), "应为 1000"));
  // One mark moved from the second first level to the third: the sum of all is right, theirs is not.
  CHECK(contains(fault_after([](auto& rows) {
                   rows[17].marks = std::to_string(std::stoi(rows[17].marks) - 1);
                   rows[32].marks = std::to_string(std::stoi(rows[32].marks) + 1);
                 }),
                 "“资源开发方式”的满分合计 219，应为 220"));
  CHECK(contains(fault_after([](auto& rows) {
                   for (auto& row : rows) {
                     if (row.second == "虚构节能戊") row.second = "虚构节能甲";
                   }
                 }),
                 "二级指标有 23 个，应有 24 个"));
  CHECK(contains(fault_after([](auto& rows) {
                   rows[16].first = "资源综合利用";
                   rows[16].second = "综合利用";
                 }),
                 "“矿区环境”的三级指标有 16 个，应有 17 个"));
  auto rows = invented_rows();
  rows.pop_back();
  rows[0].marks = "200";
  CHECK(contains(join(read_rows(rows).faults, "\n"), "“矿区环境”的满分合计 408，超过 220"));
}

TEST_CASE("what is no table of an index is refused whole") {
  const auto refused = [](std::string_view text) {
    const auto reading = green::read_item_table(text, "t.csv", library());
    return reading.ok() ? std::string() : reading.error().message();
  };
  CHECK(contains(refused(""), "没有表头"));
  CHECK(contains(refused("评价指标,序号\nnational-2020,1\n"), "缺少列“一级指标”"));
  CHECK(contains(refused("评价指标,序号,一级指标,二级指标,三级指标,满分\nnational-2019,1,,,,\n"),
                 "没有评价指标“national-2019”"));
  CHECK(contains(refused("评价指标,序号,一级指标,二级指标,三级指标,满分\n,1,,,,\n"), "没有一行写明评价指标"));
  CHECK(contains(refused("\xC6\xC0\xBC\xDB,x\n"), "UTF-8"));
}
