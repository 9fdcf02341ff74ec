#include <algorithm>
#include <set>

#include "db/base/text.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/place_alias.h"
#include "tests/db/registers/county.h"
#include "tests/db/registers/printed_plan.h"

// The registers against the scanned plan, cell by cell, and each value against its printed text.
namespace kuangxun::tests {

namespace kinds = records::kinds;
using records::FieldDescription;
using records::FieldType;
using records::Record;

namespace {

const PrintedPlan* plan_or_skip(const std::string& what) {
  static const std::optional<PrintedPlan> plan = read_printed_plan();
  if (!plan) MESSAGE("SKIPPED, the scanned plan is not beside the checkout (../shared/seeds): ", what);
  return plan ? &*plan : nullptr;
}

bool is_from_plan(const Record& citation) {
  return citation.text(records::citation::source).starts_with("特克斯县矿产资源总体规划");
}

// The numbers in a text, in order: "2021 -2023 年" has two.
std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> numbers;
  bool inside = false;
  for (const char c : text) {
    const bool belongs = (c >= '0' && c <= '9') || (inside && c == '.');
    if (belongs && !inside) numbers.emplace_back();
    if (belongs) numbers.back() += c;
    inside = belongs;
  }
  return numbers;
}

// The number that stands for a field in its printed text, scaled as the field; nothing for "-", "/".
std::optional<std::int64_t> printed_number(const Record& subject, const FieldDescription& field, std::string printed) {
  const bool is_second = field.name.ends_with("_open_pit") || field.name == "end_year" || field.name == "upper_value";
  if (subject.kind().number == kinds::minimum_scale) {
    const auto parts = split(printed, '/');
    printed = std::string(is_second ? parts.back() : parts.front());
  }
  const auto numbers = numbers_in(printed);
  if (numbers.empty()) return std::nullopt;
  const auto number = parse_decimal(is_second ? numbers.back() : numbers.front(), field.scale);
  REQUIRE(number.ok());
  const bool is_km2_as_hectares = field.name == "area_ha";
  return *number * (is_km2_as_hectares ? 100 : 1);
}

}  // namespace

TEST_CASE("every printed text of the registers stands in the plan") {
  const PrintedPlan* plan = plan_or_skip("printed texts against the plan");
  if (plan == nullptr) return;
  for (const Record& citation : of_kind(kinds::citation)) {
    if (!is_from_plan(citation)) continue;
    CAPTURE(citation.text(records::citation::source));
    CAPTURE(citation.text(records::citation::printed));
    CHECK(plan->text.find(bare(citation.text(records::citation::printed))) != std::string::npos);
  }
  for (const Record& alias : of_kind(kinds::place_alias))
    CHECK(plan->text.find(alias.text(records::place_alias::alias)) != std::string::npos);
}

TEST_CASE("a citation's table, row and column lead to the cell that it quotes") {
  const PrintedPlan* plan = plan_or_skip("citations against the cells");
  if (plan == nullptr) return;
  int found = 0;
  for (const Record& citation : of_kind(kinds::citation)) {
    const auto table = plan->tables.find(static_cast<int>(citation.integer(records::citation::table_number)));
    // Tables 10, 15 and 17 are printed as paragraphs.
    if (table == plan->tables.end() || table->second.rows.empty()) continue;
    if (table->first == 15 || table->first == 17) continue;
    CAPTURE(citation.text(records::citation::source));
    CAPTURE(citation.text(records::citation::field));
    const auto& header = table->second.header;
    const auto column = std::find(header.begin(), header.end(), bare(citation.text(records::citation::column)));
    REQUIRE(column != header.end());
    const auto row = table->second.rows.find(static_cast<int>(citation.integer(records::citation::row)));
    REQUIRE(row != table->second.rows.end());
    const std::string& cell = row->second[static_cast<std::size_t>(column - header.begin())];
    CHECK(cell.find(bare(citation.text(records::citation::printed))) != std::string::npos);
    ++found;
  }
  CHECK(found > 400);
}

TEST_CASE("no cell of the plan's tables is missing from the registers") {
  const PrintedPlan* plan = plan_or_skip("cells against the citations");
  if (plan == nullptr) return;
  std::set<std::tuple<int, int, std::string, std::string>> quoted;
  for (const Record& citation : of_kind(kinds::citation)) {
    quoted.emplace(citation.integer(records::citation::table_number), citation.integer(records::citation::row),
                   bare(citation.text(records::citation::column)), bare(citation.text(records::citation::printed)));
  }
  const std::map<int, std::size_t> rows = {{1, 6}, {2, 13}, {3, 16}, {4, 4},  {5, 4},   {6, 2},  {7, 6},  {8, 5},
                                           {9, 2}, {11, 1}, {12, 1}, {13, 1}, {14, 12}, {16, 2}, {18, 3}, {19, 6}};
  for (const auto& [number, count] : rows) {
    const PrintedTable& table = plan->tables.at(number);
    CAPTURE(number);
    CHECK(table.rows.size() == count);
    for (const auto& [row, cells] : table.rows) {
      for (std::size_t column = 0; column < table.header.size(); ++column) {
        if (table.header[column] == "序号" || column >= cells.size() || cells[column].empty()) continue;
        CAPTURE(cells[column]);
        CHECK(quoted.contains({number, row, table.header[column], cells[column]}));
      }
    }
  }
}

TEST_CASE("every number is its printed number in the field's unit, and no number stands for none") {
  int checked = 0;
  for (const Record& citation : of_kind(kinds::citation)) {
    const Record& subject = *find_record(citation.reference(records::citation::subject));
    const FieldDescription& field = *subject.kind().find_field(citation.text(records::citation::field));
    if (field.type != FieldType::decimal && field.type != FieldType::integer) continue;
    CAPTURE(citation.text(records::citation::source));
    CAPTURE(citation.text(records::citation::printed));
    CAPTURE(field.name);
    const auto expected = printed_number(subject, field, citation.text(records::citation::printed));
    CHECK(subject.has(field) == expected.has_value());
    if (expected) CHECK(subject.integer(field) == *expected);
    ++checked;
  }
  CHECK(checked >= 250);
}

TEST_CASE("every name and text is its printed text, without the company and the scan's faults") {
  for (const Record& citation : of_kind(kinds::citation)) {
    const Record& subject = *find_record(citation.reference(records::citation::subject));
    const FieldDescription& field = *subject.kind().find_field(citation.text(records::citation::field));
    if (field.type != FieldType::text && field.type != FieldType::long_text) continue;
    const std::string printed = bare(replace_all(citation.text(records::citation::printed), " and ", "和"));
    const std::string value = bare(subject.text(field));
    CAPTURE(printed);
    CAPTURE(value);
    // One name is completed from its sentence.
    CHECK((printed.ends_with(value) || printed.starts_with(value) || value.ends_with(printed)));
  }
}

TEST_CASE("every choice goes with its printed word") {
  for (const Record& citation : of_kind(kinds::citation)) {
    const Record& subject = *find_record(citation.reference(records::citation::subject));
    const FieldDescription& field = *subject.kind().find_field(citation.text(records::citation::field));
    const std::string printed = citation.text(records::citation::printed);
    CAPTURE(printed);
    CAPTURE(field.name);
    if (field.name == "mineral") {
      const std::string label(field.enumeration->find(subject.integer(field))->chinese);
      CHECK((label.find(printed) != std::string::npos || first_code_points(label, 1) == first_code_points(printed, 1)));
    } else if (field.name == "operating_state" || field.name == "purpose") {
      CHECK(field.enumeration->find(subject.integer(field))->chinese == printed);
    } else if (field.name == "township") {
      const Record& township = *find_record(subject.reference(field));
      bool is_named = township.name() == printed;
      for (const Record& alias : of_kind(kinds::place_alias))
        is_named |= alias.text(records::place_alias::alias) == printed &&
                    alias.reference(records::place_alias::township) == township.id();
      CHECK(is_named);
      CHECK(subject.name().find(printed) != std::string::npos);
    }
  }
}

TEST_CASE("every filled field that a table could print has its citation") {
  // Made by us, or said by the table's heading or the row's place in it.
  const std::set<std::string_view> not_printed = {"register_number", "table_number", "zone_type",       "rule",
                                                  "place",           "target_year",  "is_outside_plan", "is_uncertain"};
  for (const Record& record : county()) {
    const auto kind = record.kind().number;
    if (kind == kinds::citation || kind == kinds::plan_note || kind == kinds::place_alias) continue;
    std::set<std::string> cited;
    for (const Record& citation : of_kind(kinds::citation))
      if (citation.reference(records::citation::subject) == record.id())
        cited.insert(citation.text(records::citation::field));
    for (const FieldDescription& field : record.kind().fields) {
      if (!record.has(field) || not_printed.contains(field.name)) continue;
      CAPTURE(record.name());
      CAPTURE(field.name);
      CHECK(cited.contains(std::string(field.name)));
    }
  }
}

}  // namespace kuangxun::tests
