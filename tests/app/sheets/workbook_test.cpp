#include <doctest/doctest.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <utility>

#include "app/sheets/read_sheet.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::tests {
namespace {

using sheets::CellForm;
using sheets::Sheet;

// Workbooks by libxlsxwriter.
class Book {
 public:
  Book() : book_(workbook_new(path().c_str())) {}
  std::string path() const { return (folder_ / "book.xlsx").string(); }
  lxw_worksheet* sheet(const char* name) { return workbook_add_worksheet(book_, name); }
  lxw_format* format(const char* code) {
    lxw_format* made = workbook_add_format(book_);
    format_set_num_format(made, code);
    return made;
  }
  Result<Sheet> read(const std::string& name = {}) {
    close();
    return sheets::read_sheet(path(), name);
  }
  std::string bytes() {
    close();
    return *read_text_file(path(), 1 << 20);
  }

 private:
  void close() {
    if (book_ != nullptr) REQUIRE(workbook_close(std::exchange(book_, nullptr)) == LXW_NO_ERROR);
  }
  TemporaryFolder folder_;
  lxw_workbook* book_;
};

// A ZIP file with these parts, which need not be a workbook that makes sense.
std::string archive(const std::vector<std::pair<std::string, std::string>>& parts) {
  TemporaryFolder folder;
  const std::string path = (folder / "made.zip").string();
  int code = 0;
  zip_t* made = zip_open(path.c_str(), ZIP_CREATE, &code);
  REQUIRE(made != nullptr);
  for (const auto& [name, text] : parts) {
    zip_source_t* source = zip_source_buffer(made, text.data(), text.size(), 0);
    REQUIRE(zip_file_add(made, name.c_str(), source, 0) >= 0);
  }
  REQUIRE(zip_close(made) == 0);
  return *read_text_file(path, 64 << 20);
}

std::string workbook_of(const std::string& sheet_data, const std::string& extra = {}) {
  return archive(
      {{"xl/workbook.xml",
        "<workbook><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\" xmlns:r=\"r\"/>"
        "</sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
       {"xl/worksheets/sheet1.xml", extra + "<worksheet><sheetData>" + sheet_data + "</sheetData></worksheet>"}});
}

std::string message_of(const Result<Sheet>& sheet) {
  return sheet.ok() ? std::string() : sheet.error().message();
}
bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("numbers, texts, days and percentages come as the person sees them") {
  Book book;
  lxw_worksheet* sheet = book.sheet("年报");
  worksheet_write_string(sheet, 0, 0, "矿山", nullptr);
  worksheet_write_number(sheet, 1, 0, 0.1 + 0.2, nullptr);
  worksheet_write_number(sheet, 1, 1, 0.9512, book.format("0.00%"));
  worksheet_write_number(sheet, 1, 2, 45366, book.format("yyyy\"年\"m\"月\"d\"日\""));
  worksheet_write_number(sheet, 1, 3, 45366.5, book.format("yyyy/m/d h:mm"));
  worksheet_write_number(sheet, 1, 4, 2024, book.format("yyyy-mm-dd"));
  worksheet_write_number(sheet, 1, 5, 1234567.25, book.format("#,##0.00"));
  worksheet_write_number(sheet, 1, 6, 1e15, nullptr);
  worksheet_write_boolean(sheet, 1, 7, 1, nullptr);
  const auto read = book.read();
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 2);
  CHECK(read->name == "年报");
  CHECK(read->rows[0].cell(0).text == "矿山");
  const auto& row = read->rows[1];
  CHECK(row.number == 2);
  CHECK(row.cell(0).text == "0.3");
  CHECK(row.cell(1).text == "95.12%");
  CHECK(row.cell(1).form == CellForm::percent);
  CHECK(row.cell(2).text == "2024-03-15");
  CHECK(row.cell(2).form == CellForm::day);
  CHECK(row.cell(3).text == "2024-03-15 12:00:00");
  CHECK(row.cell(4).text == "1905-07-16");
  CHECK(row.cell(4).serial == "2024");
  CHECK(row.cell(5).text == "1234567.25");
  CHECK(row.cell(6).text == "1000000000000000");
  CHECK(row.cell(7).text == "TRUE");
  CHECK(row.cell(99).is_empty());
}

TEST_CASE("a formula gives the result that was saved, or says that there is none") {
  Book book;
  lxw_worksheet* sheet = book.sheet("表");
  worksheet_write_formula_num(sheet, 0, 0, "=A2+A3", nullptr, 42);
  worksheet_write_formula_str(sheet, 0, 1, "=B2", nullptr, "#DIV/0!");
  const auto read = book.read();
  REQUIRE(read.ok());
  CHECK(read->rows[0].cell(0).text == "42");
  CHECK(read->rows[0].cell(0).is_formula);
  const auto bare = sheets::parse_sheet(workbook_of("<row r=\"3\"><c r=\"B3\"><f>A1*2</f></c></row>"), "表.xlsx");
  REQUIRE(bare.ok());
  CHECK(bare->rows[0].number == 3);
  CHECK(has(bare->rows[0].cell(1).problem, "公式"));
  const auto failed = sheets::parse_sheet(workbook_of("<row><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"), "表.xlsx");
  REQUIRE(failed.ok());
  CHECK(has(failed->rows[0].cell(0).problem, "#DIV/0!"));
}

TEST_CASE("rich text is one text, readings aloud are none of it, and places may be left out") {
  const auto read = sheets::parse_sheet(
      workbook_of("<row><c t=\"inlineStr\"><is><r><t>老电站</t></r><r><t>砂厂</t></r><rPh><t>sha</t></rPh></is></c>"
                  "<c><v>5</v></c></row><row><c r=\"C2\"><v>7</v></c></row>"),
      "表.xlsx");
  REQUIRE(read.ok());
  CHECK(read->rows[0].cell(0).text == "老电站砂厂");
  CHECK(read->rows[0].cell(1).text == "5");
  CHECK(read->rows[1].number == 2);
  CHECK(read->rows[1].cell(2).text == "7");
}

TEST_CASE("merged cells, hidden rows and other sheets are told") {
  Book book;
  lxw_worksheet* sheet = book.sheet("第一");
  worksheet_merge_range(sheet, 0, 0, 1, 0, "砖厂", nullptr);
  lxw_row_col_options hidden{};
  hidden.hidden = 1;
  worksheet_set_row_opt(sheet, 1, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
  worksheet_write_number(sheet, 1, 1, 3, nullptr);
  worksheet_write_string(book.sheet("第二"), 0, 0, "x", nullptr);
  book.sheet("空");
  const auto read = book.read();
  REQUIRE(read.ok());
  REQUIRE(read->merged.size() == 1);
  CHECK(read->merged[0].first_row == 1);
  CHECK(read->merged[0].last_row == 2);
  CHECK(read->rows[1].is_hidden);
  CHECK(read->others == std::vector<std::string>{"第二"});
  CHECK(book.read("第二")->rows[0].cell(0).text == "x");
  CHECK(has(message_of(book.read("第三")), "第一、第二、空"));
}

TEST_CASE("what is no workbook is refused in words that help") {
  CHECK(has(message_of(sheets::parse_sheet("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "旧.xls")), "另存为 .xlsx"));
  CHECK(has(message_of(sheets::parse_sheet("PK\x03\x04 and nothing else", "坏.xlsx")), "坏.xlsx"));
  CHECK(has(message_of(sheets::parse_sheet(archive({{"word/document.xml", "<w/>"}}), "文.docx")), "不是 XLSX"));
  CHECK(has(message_of(sheets::parse_sheet(workbook_of("<row>"), "表.xlsx")), "XML"));
  CHECK(
      has(message_of(sheets::parse_sheet(workbook_of("", "<!DOCTYPE a [<!ENTITY b \"b\">]>"), "表.xlsx")), "文档类型"));
  CHECK(has(message_of(sheets::parse_sheet("\xC4\xEA\xB6\xC8,\xB2\xFA\xC1\xBF\n", "国标.csv")), "CSV UTF-8"));
}

TEST_CASE("a small file cannot fill the memory") {
  std::string row = "<row><c><v>1</v></c></row>";
  for (int i = 0; i < 20; ++i) row += row;  // 26 MiB of rows; zip makes 60 KiB of it
  const auto rows = sheets::parse_sheet(workbook_of(row), "表.xlsx");
  CHECK(has(message_of(rows), "50000"));
  const auto blanks = sheets::parse_sheet(workbook_of(std::string(limits::sheet_unpacked_bytes_max, ' ')), "表.xlsx");
  CHECK(has(message_of(blanks), "展开后过大"));
  std::string wide;
  for (int i = 0; i < 2500; ++i) wide += "<row><c r=\"IV" + std::to_string(i + 1) + "\"><v>1</v></c></row>";
  CHECK(has(message_of(sheets::parse_sheet(workbook_of(wide), "表.xlsx")), "单元格过多"));
  CHECK(has(message_of(sheets::parse_sheet(workbook_of("<row><c r=\"IW1\"><v>1</v></c></row>"), "表.xlsx")), "256 列"));
}

TEST_CASE("a workbook cut anywhere, or with any byte changed, is read or refused and never more") {
  Book book;
  lxw_worksheet* sheet = book.sheet("表");
  for (int row = 0; row < 20; ++row) worksheet_write_string(sheet, row, 0, "特克斯县先进砖厂", nullptr);
  const std::string bytes = book.bytes();
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) {
    const auto read = sheets::parse_sheet(std::string_view(bytes).substr(0, cut), "表.xlsx");
    if (cut > 4) CHECK(!read.ok());
  }
  for (std::size_t at = 0; at < bytes.size(); at += 5) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x5A);
    const auto read = sheets::parse_sheet(changed, "表.xlsx");
    CHECK((!read.ok() || read->rows.size() <= 20));
  }
}

TEST_CASE("a CSV keeps its lines, blanks and short rows") {
  const auto read = sheets::parse_sheet("\xEF\xBB\xBF标题\r\n\r\n矿山,产量\r\n\"老电站\n砂厂\",5\r\n,,\r\n", "表.csv");
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 3);
  CHECK(read->rows[0].cell(0).text == "标题");
  CHECK(read->rows[1].number == 3);
  CHECK(read->rows[2].cell(0).text == "老电站\n砂厂");
  CHECK(sheets::column_letters(0) == "A");
  CHECK(sheets::column_letters(25) == "Z");
  CHECK(sheets::column_letters(26) == "AA");
  CHECK(sheets::column_letters(701) == "ZZ");
  CHECK(sheets::column_letters(702) == "AAA");
}

}  // namespace kuangxun::tests
