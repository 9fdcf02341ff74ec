#include "db/records/choices/quantity_unit.h"
#include "db/records/enumerations.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/common.h"
#include "tests/app/intake/office.h"

namespace kuangxun::tests {
namespace {

using intake::Differences;
using intake::ImportOptions;

constexpr const char* sand = "特克斯县老电站砂厂";
const std::string header = "矿山名称,年度,年产量（万立方米）,开采回采率(%)\n";

std::string row(const std::string& rest) {
  return header + sand + "," + rest + "\n";
}

}  // namespace

TEST_CASE("a table as WPS writes it, with title, full-width digits, blank rows, totals and a remark, comes in whole") {
  Office office;
  const std::string text =
      "\xEF\xBB\xBF特克斯县砂石矿2025年度报表,,,,,,\r\n"
      ",,,,,,\r\n"
      "序号,矿山名称,年度,年产量（万立方米）,开采回采率％,产值(元),从业人数\r\n"
      "1,特克斯县库克苏河下游西岸阶地建筑/道路用砂石矿,２０２５年,１２．５,95,\"1,250,000.50\",8\r\n"
      "2,特克斯县老电站砂厂,2025,14,95.5%,—,6人\r\n"
      ",,,,,,\r\n"
      "3,特克斯县和合建材砂石料矿,2025,0,,,\r\n"
      ",合计,,26.5,,,14\r\n"
      "填表人：示例,,,,,,\r\n";
  const auto imported = office.import_csv("returns", text);
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  CHECK(imported->added == 3);
  CHECK(imported->is_written);
  CHECK(any_note(*imported, "第 9 行当作说明"));
  const auto returns = office.all(kinds::annual_return);
  REQUIRE(returns.size() == 3);
  CHECK(returns[0].reference(records::common::mine) == office.mine("3-04"));
  CHECK(returns[0].display(records::annual_return::output) == "12.5");
  CHECK(returns[0].integer(records::common::year) == 2025);
  CHECK(returns[0].integer(records::annual_return::output_unit) == records::quantity_unit::of_10k_m3);
  CHECK(returns[0].text(records::annual_return::output_written) == "１２．５ 万立方米");
  CHECK(returns[0].display(records::annual_return::production_value_10k_yuan) == "125.00005 万元");
  CHECK(returns[0].text(records::annual_return::source) == "表.csv 第 4 行");
  CHECK(!returns[1].has(records::annual_return::production_value_10k_yuan));
  CHECK(returns[1].integer(records::common::workers) == 6);
  CHECK(returns[2].has(records::annual_return::output));
  CHECK(returns[2].integer(records::annual_return::output) == 0);
  SUBCASE("the same once more is nothing new") {
    const auto again = office.import_csv("returns", text);
    REQUIRE(again.ok());
    CHECK(again->known == 3);
    CHECK(again->added == 0);
    CHECK(!again->is_written);
    CHECK(office.all(kinds::annual_return).size() == 3);
  }
}

TEST_CASE("another value for the same mine and year is shown, and nothing is overwritten unless somebody says so") {
  Office office;
  REQUIRE(office.import_csv("returns", row("2024,14,95")).ok());
  const std::string changed = row("2024,15,95") + "特克斯县和合建材砂石料矿,2024,3,95\n";
  const std::size_t operations = office.store.operations().size();
  const auto stopped = office.import_csv("returns", changed);
  REQUIRE(stopped.ok());
  CHECK(stopped->is_stopped);
  CHECK(office.store.operations().size() == operations);
  REQUIRE(stopped->differences.size() == 1);
  CHECK(stopped->differences[0].row == 2);
  CHECK(stopped->differences[0].here == "14");
  CHECK(stopped->differences[0].given == "15");
  CHECK(stopped->differences[0].subject == std::string(sand) + " 2024");
  SUBCASE("keeping what stands enters the rest") {
    const auto kept = office.import_csv("returns", changed, {std::nullopt, false, Differences::keep});
    REQUIRE(kept.ok());
    CHECK(kept->added == 1);
    CHECK(office.all(kinds::annual_return)[0].display(records::annual_return::output) == "14");
  }
  SUBCASE("replacing is an edit with the earlier value in its history") {
    const auto replaced = office.import_csv("returns", changed, {std::nullopt, false, Differences::replace});
    REQUIRE(replaced.ok());
    CHECK(replaced->replaced == 1);
    const auto returns = office.all(kinds::annual_return);
    CHECK(returns[0].display(records::annual_return::output) == "15");
    const auto group = returns[0].kind().find_field(records::annual_return::output)->group;
    CHECK(office.store.history(returns[0].id(), group)->size() == 2);
  }
  SUBCASE("what was voided does not stand in the way") {
    CHECK(office.act("record.void", office.all(kinds::annual_return)[0].id(), {}, "录错").empty());
    const auto anew = office.import_csv("returns", changed);
    REQUIRE(anew.ok());
    CHECK(anew->added == 2);
  }
}

TEST_CASE("a trial tells what would happen and changes nothing") {
  Office office;
  const std::size_t operations = office.store.operations().size();
  const auto tried = office.import_csv("returns", row("2024,14,95"), {std::nullopt, true, Differences::stop});
  REQUIRE(tried.ok());
  CHECK(tried->added == 1);
  CHECK(!tried->is_written);
  CHECK(tried->made.empty());
  CHECK(office.store.operations().size() == operations);
}

TEST_CASE("one wrong cell keeps the whole table out, named by row and column") {
  Office office;
  const auto says = [&](const std::string& rest) { return office.refusal("returns", row("2023,1,95") + rest + "\n"); };
  const std::string other = "特克斯县和合建材砂石料矿,";
  CHECK(contains(says(other + "2023,-3,95"), "表.csv 第 3 行 C 列"));
  CHECK(contains(says(other + "2023,3,104"), "第 3 行 D 列"));
  CHECK(contains(says(other + "1925,3,95"), "第 3 行 B 列"));
  CHECK(contains(says(other + "2062,3,95"), "还没有到"));
  CHECK(contains(says(other + "24,3,95"), "四位"));
  CHECK(contains(says(other + "2023,约3,95"), "不是数"));
  CHECK(contains(says(other + "2023,3.12345,95"), "小数位数过多"));
  CHECK(contains(says(other + "2023,\"1,23\",95"), "不是数"));
  CHECK(contains(says(other + "2023,3,0.95"), "百分数"));
  CHECK(contains(says(other + "2023,3万吨,95"), "两种说法"));
  CHECK(contains(says(std::string(sand) + ",2023,1,95"), "第 2 行说的是同一件事"));
  CHECK(contains(says("没有这个矿,2023,1,95"), "没有名为“没有这个矿”的采矿权"));
  CHECK(contains(says(",2023,1,95"), "没有矿山名称"));
  CHECK(contains(says("砖厂粘土矿,2023,1,95"), "相近的有"));
  CHECK(contains(says("合计,,2,"), "合计写的是 2，各行之和是 1"));
}

TEST_CASE(
    "tonnes of what is licensed in cubic metres are named with row and column, and can be kept as written by hand") {
  Office office;
  const std::string text = std::string("矿山名称,年度,产量,单位\n") + sand + ",2024,30,万吨\n";
  const std::string message = office.refusal("returns", text);
  CHECK(contains(message, "第 2 行 C 列"));
  CHECK(contains(message, "万立方米/年"));
  CHECK(
      office.enter(kinds::annual_return, {{"mine", sand}, {"year", "2024"}, {"output", "30"}, {"output_unit", "10kt"}})
          .empty());
}

TEST_CASE("an output of 100 times the capacity is told, not refused") {
  Office office;
  const auto imported = office.import_csv("returns", row("2024,1500,95"));
  REQUIRE(imported.ok());
  CHECK(imported->is_written);
  CHECK(any_note(*imported, "是生产规模 15 万立方米/年 的 100 倍，单位或数量级可疑"));
  const auto just = office.import_csv("returns", row("2023,15,95"));
  REQUIRE(just.ok());
  CHECK(just->notes.empty());
}

TEST_CASE("what has no unit or no year is refused; --year gives the year and must not contradict the table") {
  Office office;
  const std::string no_unit = std::string("矿山名称,年度,年产量\n") + sand + ",2024,12\n";
  CHECK(contains(office.refusal("returns", no_unit), "没有单位"));
  const std::string no_year = std::string("矿山名称,年产量/万方\n") + sand + ",12\n";
  CHECK(contains(office.refusal("returns", no_year), "另外指明年度"));
  CHECK(office.import_csv("returns", no_year, {2024, false, Differences::stop}).ok());
  CHECK(contains(office.refusal("returns", row("2023,1,95"), {2024, false, Differences::stop}), "不一致"));
}

TEST_CASE("a mine is found by another spelling of its township, without region and county, and by its licence number") {
  Office office;
  CHECK(office.act("record.set", office.mine("3-05"), {{"licence_number", "C6540272010017110000001"}}).empty());
  const auto imported = office.import_csv("returns",
                                          "矿名,采矿许可证号,年度,产量(立方米)\n"
                                          "特克斯县乔拉克铁热克镇阿夏甫斯砖瓦粘土矿,,2024,39000\n"
                                          "先进砖厂,,2024,40000\n"
                                          ",Ｃ6540272010017110000001,2024,150000\n");
  REQUIRE_MESSAGE(imported.ok(), imported.error().message());
  const auto returns = office.all(kinds::annual_return);
  CHECK(returns[0].reference(records::common::mine) == office.mine("3-14"));
  CHECK(returns[1].reference(records::common::mine) == office.mine("3-08"));
  CHECK(returns[2].reference(records::common::mine) == office.mine("3-05"));
  CHECK(any_note(*imported, "“先进砖厂”认作“特克斯县先进砖厂”"));
  CHECK(
      contains(office.refusal("returns", "矿名,许可证号,年度,产量(立方米)\n先进砖厂,C6540272010017110000001,2023,1\n"),
               "不是同一个采矿权"));
  CHECK(contains(office.refusal("returns", "许可证号,年度,产量(立方米)\n123,2023,1\n"), "没有许可证号"));
}

TEST_CASE("two mines of one name are told apart by nothing but the licence number") {
  Office office;
  CHECK(office.enter(kinds::mining_right, {{"name", "特克斯县先进砖厂"}}).empty());
  CHECK(contains(office.refusal("returns", "矿山,年度,产量(万方)\n先进砖厂,2024,3\n"), "对应 2 个采矿权"));
}

TEST_CASE("headings in English, in two rows, repeated on every page, or twice") {
  Office office;
  const auto english = office.import_csv("returns",
                                         "Mine,Year,Output (10k-m3),Mining recovery rate (%),Workers\n"
                                         "特克斯县老电站砂厂,2022,12,96,5\n");
  REQUIRE_MESSAGE(english.ok(), english.error().message());
  const auto two_rows = office.import_csv("returns",
                                          "矿山名称,年度,年产量,三率,,备用\n"
                                          ",,(万立方米),开采回采率(%),综合利用率(%),\n"
                                          "特克斯县老电站砂厂,2021,12,96,80,\n"
                                          "矿山名称,年度,年产量,三率,,备用\n"
                                          ",,(万立方米),开采回采率(%),综合利用率(%),\n"
                                          "特克斯县和合建材砂石料矿,2021,11,95,,好\n");
  REQUIRE_MESSAGE(two_rows.ok(), two_rows.error().message());
  CHECK(two_rows->added == 2);
  CHECK(any_note(*two_rows, "F 列“备用”不认识"));
  CHECK(office.all(kinds::annual_return)[1].display(records::annual_return::comprehensive_use_percent) == "80 %");
  CHECK(contains(office.refusal("returns", "矿山,矿名,年度,产量(万方)\n"), "是同一项"));
  CHECK(contains(office.refusal("returns", "一,二,三\n1,2,3\n"), "没有找到"));
  CHECK(contains(office.refusal("returns", header), "没有数据"));
}

TEST_CASE("a rate below one is taken only where somebody wrote the percent sign with it, or ore is diluted") {
  Office office;
  CHECK(office.import_csv("returns", row("2024,14,0.95%")).ok());
  CHECK(office.all(kinds::annual_return)[0].display(records::annual_return::mining_recovery_percent) == "0.95 %");
  const std::string gold = "矿山,年度,产量(万吨),贫化率(%),选矿回收率\n新疆特克斯县博故图金矿,2024,3,0.8,85\n";
  CHECK(office.import_csv("returns", gold).ok());
  CHECK(contains(office.refusal("returns", replace_all(gold, "85", "0.85")), "第 2 行 E 列"));
}

TEST_CASE("a mine without any figure is passed over and told: empty is not zero") {
  Office office;
  const auto imported = office.import_csv("returns", row("2024,,") + "特克斯县和合建材砂石料矿,2024,0,\n");
  REQUIRE(imported.ok());
  CHECK(imported->added == 1);
  CHECK(any_note(*imported, "空着不等于零"));
}

}  // namespace kuangxun::tests
