#include "db/base/csv.h"

#include <doctest/doctest.h>

#include <fstream>

#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun {
namespace {

// The table as text: cells by |, rows by newline, the header first.
std::string shown(std::string_view csv) {
  const auto table = CsvTable::parse(csv, "t.csv");
  if (!table.ok()) return "refused: " + table.error().message();
  std::string text = join(table->header(), "|");
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    text += "\n";
    for (std::size_t column = 0; column < table->header().size(); ++column) {
      text += (column == 0 ? "" : "|") + std::string(table->cell(row, column));
    }
  }
  return text;
}

std::string refusal(std::string_view csv) {
  const Speaking english(Language::english);
  const auto table = CsvTable::parse(csv, "t.csv");
  if (table.ok()) return "was read";
  CHECK(table.error().code() == ErrorCode::bad_input);
  return table.error().message();
}

}  // namespace

TEST_CASE("a table reads the same with LF, CRLF, a byte order mark, or no last line break") {
  const std::string expected = "key|name\n1|金矿\n2|铁矿";
  CHECK(shown("key,name\n1,金矿\n2,铁矿\n") == expected);
  CHECK(shown("key,name\r\n1,金矿\r\n2,铁矿\r\n") == expected);
  CHECK(shown("\xEF\xBB\xBFkey,name\n1,金矿\n2,铁矿") == expected);
  CHECK(shown("\xEF\xBB\xBF\"key\",\"name\"\r\n\"1\",\"金矿\"\r\n2,铁矿") == expected);
}

TEST_CASE("a quoted cell holds commas, quotes and line breaks, and breaks are LF whatever the file has") {
  CHECK(shown("a,b\n\"x, \"\"y\"\"\",\"one\ntwo\"\n") == "a|b\nx, \"y\"|one\ntwo");
  CHECK(shown("a,b\r\n\"x\",\"one\r\ntwo\"\r\n") == "a|b\nx|one\ntwo");
  CHECK(shown("a,b\n\"\",z\n") == "a|b\n|z");
}

TEST_CASE("what spreadsheets leave behind is no data: empty lines and nameless empty columns") {
  CHECK(shown("a,b,,\n1,2,,\n,,,\n\n3,4,,\n") == "a|b\n1|2\n3|4");
  CHECK(shown("\n\n,\na,b\n1,2\n") == "a|b\n1|2");
}

TEST_CASE("rows know their line, also after a cell of several lines") {
  const auto table = CsvTable::parse("a,b\n\"1\n1\",2\n\n3,\"4\"\n", "t.csv");
  REQUIRE(table.ok());
  REQUIRE(table->row_count() == 2);
  CHECK(table->line(0) == 2);
  CHECK(table->line(1) == 5);
  CHECK(table->cell(1, "b") == "4");
  CHECK(table->cell(1, "c") == "");
  set_language(Language::english);
  CHECK(table->error_at(0, 1, "no").message() == "t.csv, line 3, column 2 (b): no");
  CHECK(table->error_at(1, 0, "no").message() == "t.csv, line 5, column 1 (a): no");
  CHECK(table->require_column("c").error().message() == "t.csv, line 1: the header lacks the column \"c\"");
  set_language(Language::chinese);
  CHECK(table->error_at(1, 0, "不对").message() == "t.csv 第 5 行第 1 列（a）：不对");
}

TEST_CASE("a column keeps its place in the file for messages after an empty one before it went") {
  const auto table = CsvTable::parse("a,,b\n1,,2\n", "t.csv");
  REQUIRE(table.ok());
  set_language(Language::english);
  CHECK(table->error_at(0, 1, "no").message() == "t.csv, line 2, column 3 (b): no");
  set_language(Language::chinese);
}

TEST_CASE("what is not such a table is refused with file, line and column") {
  CHECK(refusal("") == "t.csv, line 1, column 1: there is no header; the first row names the columns");
  CHECK(refusal("a,b,a\n") == "t.csv, line 1, column 3: the column name \"a\" stands twice");
  CHECK(refusal("a,b\n1,2\n3\n") == "t.csv, line 3, column 2: the row has 1 cells, the header 2");
  CHECK(refusal("a,b\n1,2,3\n") == "t.csv, line 2, column 3: the row has 3 cells, the header 2");
  CHECK(refusal("a,,b\n1,,2\n3,x,4\n") == "t.csv, line 3, column 2: this column has no name in the header");
  CHECK(refusal("a,b\n1,\xB5\xD8\n") == "t.csv, line 2, column 2: not UTF-8; save the file again as \"CSV UTF-8\"");
  CHECK(refusal("a,b\n\"x,y\",\xE9\x87\n") ==
        "t.csv, line 2, column 2: not UTF-8; save the file again as \"CSV UTF-8\"");
  CHECK(refusal(std::string_view("a,b\n1,2\n\0,2\n", 13)) ==
        "t.csv, line 3, column 1: a NUL character; the file may be damaged");
  CHECK(refusal("a,b\n1,\"2\n3,4\n") == "t.csv, line 2, column 2: a quoted cell begins here and never ends");
  CHECK(refusal("a,b\n1,\"2\"x\n") ==
        "t.csv, line 2, column 2: text after the closing quote; a quote inside a cell is doubled");
  CHECK(refusal("a,b\n1,2\"\n") ==
        "t.csv, line 2, column 2: quotes must enclose the whole cell; a quote inside is doubled");
  CHECK(refusal("a,b\n1,2\r3,4\n") == "t.csv, line 2, column 2: a lone carriage return; lines end with LF or CRLF");
  CHECK(refusal("a,b\n1,\"2\r3\"\n") == "t.csv, line 2, column 2: a lone carriage return; lines end with LF or CRLF");
}

TEST_CASE("a table that would eat the memory is refused") {
  CHECK(refusal("a" + std::string(limits::csv_columns_max, ',') + "\n") ==
        "t.csv, line 1, column 257: more than 256 columns");
  std::string many = "a\n";
  for (std::size_t row = 0; row <= limits::csv_rows_max; ++row) many += "1\n";
  CHECK(refusal(many) == "t.csv, line 50002, column 1: more than 50000 rows");
  CHECK(refusal(std::string(limits::csv_bytes_max + 1, 'a')) == "t.csv: too large (limit 8388608 bytes)");
}

TEST_CASE("a file is named by its own name, and one that is missing says so") {
  const tests::TemporaryFolder folder;
  std::ofstream(folder / "rules.csv") << "a,b\n1\n";
  const auto ragged = CsvTable::read(folder / "rules.csv");
  REQUIRE(!ragged.ok());
  CHECK(ragged.error().message().starts_with("rules.csv 第 2 行第 2 列："));
  const auto missing = CsvTable::read(folder / "none.csv");
  REQUIRE(!missing.ok());
  CHECK(missing.error().code() == ErrorCode::not_found);
}

TEST_CASE("any cells that are written come back as they were") {
  const std::string_view pieces[] = {"a", ",", "\"", "\n", "矿", " ", "x,y", "\"\"", "=1+1"};
  tests::SeededRandom random(20260501);
  for (int round = 0; round < 500; ++round) {
    const std::size_t columns = 1 + random.below(4);
    std::vector<std::vector<std::string>> rows;
    std::string csv;
    for (std::size_t column = 0; column < columns; ++column) csv += (column == 0 ? "c" : ",c") + std::to_string(column);
    csv += "\n";
    for (std::size_t row = 0; row < random.below(5); ++row) {
      std::vector<std::string> cells(columns);
      for (std::size_t column = 0; column < columns; ++column) {
        for (std::size_t n = random.below(4); n > 0; --n) cells[column] += pieces[random.below(std::size(pieces))];
        if (column == 0) cells[column] += "k";  // never blank throughout
        csv += (column == 0 ? "" : ",") + csv_cell(cells[column]);
      }
      csv += "\n";
      rows.push_back(std::move(cells));
    }
    CAPTURE(csv);
    const auto table = CsvTable::parse(csv, "t.csv");
    REQUIRE(table.ok());
    REQUIRE(table->row_count() == rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (std::size_t column = 0; column < columns; ++column) CHECK(table->cell(row, column) == rows[row][column]);
  }
}

}  // namespace kuangxun
