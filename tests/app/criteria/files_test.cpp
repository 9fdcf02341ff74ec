#include <algorithm>

#include "app/criteria/catalogue.h"
#include "app/criteria/damaged_cell.h"
#include "db/base/text.h"
#include "tests/app/criteria/small_catalogue.h"
#include "tests/support/judged_county/county.h"
#include "tests/support/temporary_folder.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::csv_of;
using tests::facts_csv;
using tests::has;
using tests::Row;

namespace {

Row sound_row(std::string id = "T01") {
  Row row;
  row.id = std::move(id);
  row.condition = "capacity_t >= 30";
  return row;
}

// The same table with another separator; cells that hold it are quoted.
std::string separated_by(const std::string& csv, char separator) {
  const auto table = CsvTable::parse(csv, "x.csv");
  REQUIRE(table.ok());
  std::string text;
  const auto add_row = [&](const auto& cell_at) {
    for (std::size_t column = 0; column < table->header().size(); ++column) {
      const std::string cell(cell_at(column));
      if (column > 0) text += separator;
      text +=
          cell.find(separator) == std::string::npos && cell.find('"') == std::string::npos ? cell : "\"" + cell + "\"";
    }
    text += "\r\n";
  };
  add_row([&](std::size_t column) { return std::string_view(table->header()[column]); });
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    add_row([&](std::size_t column) { return table->cell(row, column); });
  }
  return text;
}

std::string with_line_ends(std::string text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return result;
}

LintFinding only_finding(const Row& row) {
  set_language(Language::english);
  const auto findings = lint(csv_of({row}), facts_csv, "office.csv");
  REQUIRE_MESSAGE(findings.size() == 1, findings.size());
  return findings.front();
}

CatalogueFile file_of(std::string id, std::string text, CatalogueOrigin origin = CatalogueOrigin::shipped) {
  CatalogueFile file;
  file.name = id + ".csv";
  file.id = std::move(id);
  file.text = std::move(text);
  file.origin = origin;
  return file;
}

}  // namespace

TEST_CASE("a catalogue reads the same however WPS, Excel and LibreOffice wrote it") {
  set_language(Language::english);
  const std::string plain = csv_of({sound_row()});
  std::string with_empty_columns;
  for (const auto line : split(plain, '\n')) {
    if (!line.empty()) with_empty_columns += std::string(line) + ",,,\n";
  }
  const std::string blank_row(std::ranges::count(plain.substr(0, plain.find('\n')), ','), ',');
  for (const auto& [how, text] : {
           std::pair{"with a byte order mark", "\xEF\xBB\xBF" + plain},
           std::pair{"with CRLF", with_line_ends(plain)},
           std::pair{"both", "\xEF\xBB\xBF" + with_line_ends(plain)},
           std::pair{"separated by tabs", separated_by(plain, '\t')},
           std::pair{"separated by semicolons", separated_by(plain, ';')},
           std::pair{"with empty columns behind", with_empty_columns},
           std::pair{"with empty rows behind", plain + blank_row + "\n" + blank_row + "\n\n"},
       }) {
    CAPTURE(how);
    const auto catalogue = Catalogue::parse(text, facts_csv);
    REQUIRE_MESSAGE(catalogue.ok(), catalogue.error().message());
    REQUIRE(catalogue->rules().size() == 1);
    CHECK(catalogue->rules()[0].condition.text == "capacity_t >= 30");
    CHECK(catalogue->rules()[0].inputs.size() == 11);
  }
}

TEST_CASE("a line break inside a quoted cell belongs to the cell, and later rows keep their line") {
  set_language(Language::english);
  Row first = sound_row("T01");
  first.condition = "capacity_t >= 30\nAND has_plan";
  Row second = sound_row("T02");
  second.condition = "capacity_t >= ";
  const auto findings = lint(with_line_ends(csv_of({first, second})), facts_csv);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].line == 4);
}

TEST_CASE("UTF-16 and GBK files are refused with what to do") {
  set_language(Language::english);
  const auto utf16 = lint("\xFF\xFEi\0d\0", facts_csv);
  REQUIRE(utf16.size() == 1);
  CHECK(has(utf16[0].message, "CSV UTF-8"));
  std::string gbk = csv_of({sound_row()});
  gbk.replace(gbk.find(",x,"), 3, ",\xBF\xF3,");
  const auto refused = lint(gbk, facts_csv);
  REQUIRE(refused.size() == 1);
  CHECK(has(refused[0].message, "CSV UTF-8"));
  CHECK(refused[0].line == 2);
  CHECK(refused[0].column == 2);
}

TEST_CASE("a date that a spreadsheet wrote in its own way is read when it can be read in one way only") {
  for (const auto* written : {"2021-01-05", "2021/1/5", "2021/01/05", "2021-1-5", "2021年1月5日", "2021年01月05日"}) {
    CAPTURE(written);
    const auto day = read_day_cell(written);
    REQUIRE(day.ok());
    CHECK(*day == tests::day("2021-01-05"));
  }
}

TEST_CASE("cells that a spreadsheet changed are refused with line, column and what happened") {
  struct Case {
    const char* what;
    std::string Row::*cell;
    const char* text;
    const char* column;
    const char* message;
  };
  for (const Case& one : {
           Case{"a date became a number", &Row::from, "44197", "plan_from", "the number 44197"},
           Case{"a date lost its century", &Row::from, "1-Jan-21", "plan_from", "more than one way"},
           Case{"a date is day and month or month and day", &Row::to, "1/2/2025", "plan_to", "more than one way"},
           Case{"no such day", &Row::to, "2025/2/30", "plan_to", "2021-01-01"},
           Case{"full-width digits in a date", &Row::from, "２０２１-01-01", "plan_from", "full-width"},
           Case{"an id became a date", &Row::id, "2-Jan", "id", "date"},
           Case{"an id became a date in Chinese", &Row::id, "1月2日", "id", "date"},
           Case{"an id without its leading zeros", &Row::id, "1", "id", "leading zeros"},
           Case{"an id with an exponent", &Row::id, "1E+05", "id", "exponent"},
           Case{"an id in full-width letters", &Row::id, "Ｒ01", "id", "full-width"},
           Case{"a formula", &Row::condition, "#NAME?", "condition", "formula"},
           Case{"a narrow column", &Row::title, "########", "title_zh", "narrow"},
           Case{"a title became an exponent", &Row::title, "1.00E+05", "title_zh", "exponent"},
           Case{"a full-width digit", &Row::condition, "capacity_t >= ３0", "condition", "write \"3\""},
           Case{"a full-width bracket", &Row::condition, "（has_plan)", "condition", "write \"(\""},
           Case{"a curly quote", &Row::condition, "mineral = ‘gold’", "condition", "write \"'\""},
           Case{"a sign of mathematics", &Row::condition, "capacity_t ≥ 30", "condition", "write \">=\""},
           Case{"an invisible space", &Row::condition, "capacity_t\u00A0>= 30", "condition", "U+00A0"},
           Case{"an exponent in a condition", &Row::condition, "capacity_t >= 1E+05", "condition", "exponent"},
           Case{"a full-width weight", &Row::weight, "１", "weight", "full-width"},
       }) {
    CAPTURE(one.what);
    set_language(Language::english);
    Row row = sound_row();
    row.*one.cell = one.text;
    const auto findings = lint(csv_of({row}), facts_csv, "office.csv");
    REQUIRE_FALSE(findings.empty());
    CHECK(findings[0].line == 2);
    CHECK(findings[0].column_name == one.column);
    CHECK_MESSAGE(has(findings[0].message, one.message), findings[0].message);
    CHECK_FALSE(Catalogue::parse(csv_of({row}), facts_csv).ok());
  }
}

TEST_CASE("full-width marks inside written text are text") {
  Row row = sound_row();
  row.condition = "township = '特克斯镇（南）'";
  CHECK(lint(csv_of({row}), facts_csv).empty());
}

TEST_CASE("a semicolon that an input method made in a list is told, not taken for part of a name") {
  Row row = sound_row();
  row.inputs += "；life number year";
  const auto findings = lint(csv_of({row}), facts_csv);
  REQUIRE_FALSE(findings.empty());
  CHECK(findings[0].column_name == "inputs");
  CHECK(findings[0].character == count_code_points(row.inputs.substr(0, row.inputs.find("；"))) + 1);
}

TEST_CASE("the column that is told is the one that people count in their spreadsheet") {
  // An empty first column, as some spreadsheets leave.
  std::string shifted;
  Row row = sound_row();
  row.condition = "capacity_t >=";
  const std::string csv = csv_of({row});
  for (const auto line : split(csv, '\n')) {
    if (!line.empty()) shifted += "," + std::string(line) + "\n";
  }
  const auto findings = lint(shifted, facts_csv);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].column == 28);
}

TEST_CASE("what is wrong with the table itself has its place too") {
  set_language(Language::english);
  const std::string good = csv_of({sound_row()});
  const auto lost = lint(good.substr(0, good.rfind(',')) + "\n", facts_csv, "office.csv");
  REQUIRE(lost.size() == 1);
  CHECK(lost[0].line == 2);
  const auto open = lint(good + "\"T02", facts_csv, "office.csv");
  REQUIRE(open.size() == 1);
  CHECK(open[0].line == 3);
  CHECK(open[0].column == 1);
  const auto bare = lint("id,condition\nT01,x\n", facts_csv, "office.csv");
  REQUIRE_FALSE(bare.empty());
  CHECK(has(bare[0].text(), "office.csv, line 1"));
  CHECK(has(bare[0].text(), "title_zh"));
}

TEST_CASE("several catalogues are in force together, each rule with the id of its own") {
  set_language(Language::english);
  const auto both = Catalogue::combine({file_of("office-rules", csv_of({sound_row("B01")})),
                                        file_of(std::string(Catalogue::default_id), csv_of({sound_row("A01")}))},
                                       facts_csv, {});
  REQUIRE(both.ok());
  REQUIRE(both->rules().size() == 2);
  // The plan comes first whatever the order of the files.
  CHECK(both->id() == Catalogue::default_id);
  CHECK(both->rules()[0].id == "A01");
  CHECK(both->file_of(both->rules()[1]).id == "office-rules");

  SUBCASE("one that is wrong is refused alone") {
    Row wrong = sound_row("C01");
    wrong.condition = "capacity_t >= '30'";
    const auto some = Catalogue::combine(
        {file_of("office-rules", csv_of({sound_row("B01")})), file_of("wrong", csv_of({wrong}))}, facts_csv, {});
    REQUIRE(some.ok());
    CHECK(some->files().size() == 1);
    REQUIRE(some->refused().size() == 1);
    CHECK(some->refused()[0].file.id == "wrong");
    CHECK(has(some->refused()[0].reason, "line 2"));
  }
  SUBCASE("an id of a rule belongs to one of them") {
    const auto twice = Catalogue::combine(
        {file_of("a", csv_of({sound_row("B01")})), file_of("b", csv_of({sound_row("B01")}))}, facts_csv, {});
    REQUIRE(twice.ok());
    REQUIRE(twice->refused().size() == 1);
    CHECK(has(twice->refused()[0].reason, "B01"));
  }
}

TEST_CASE("a faulty file leaves the one before it in force") {
  Row old_row = sound_row("B01");
  Row new_row = sound_row("B01");
  new_row.condition = "capacity_t >= coalesce(life, 3)";
  const auto catalogue = Catalogue::combine({file_of("office", csv_of({new_row}), CatalogueOrigin::local),
                                             file_of("office", csv_of({old_row}), CatalogueOrigin::shipped)},
                                            facts_csv, {});
  REQUIRE(catalogue.ok());
  REQUIRE(catalogue->files().size() == 1);
  CHECK(catalogue->files()[0].origin == CatalogueOrigin::shipped);
  CHECK(catalogue->rules()[0].condition.text == "capacity_t >= 30");
  CHECK(catalogue->refused().size() == 1);
}

TEST_CASE("every shipped catalogue is sound, and so are the rules that checklists name") {
  const auto catalogue = Catalogue::load(tests::assets());
  REQUIRE_MESSAGE(catalogue.ok(), catalogue.error().message());
  CHECK(catalogue->id() == Catalogue::default_id);
  for (const auto& finding : catalogue->checklist_findings()) FAIL_CHECK(finding.text());
}

TEST_CASE("one wrong cell is told once, with its place") {
  Row row = sound_row();
  row.condition = "capacity_t >= 30 AND unheard_of";
  const auto finding = only_finding(row);
  CHECK(finding.text() ==
        "office.csv, line 2, column 27, character 22 (condition): there is no fact unheard_of; see "
        "facts.csv");
}
