#include <string>

#include "db/base/files.h"

#include "tests/app/criteria/small_catalogue.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::csv_of;
using tests::facts_csv;
using tests::has;
using tests::Row;

namespace {

std::vector<LintFinding> lint_of(const Row& row) {
  return lint(csv_of({row}), facts_csv);
}
std::vector<LintFinding> lint_condition(std::string condition) {
  set_language(Language::english);
  Row row;
  row.condition = std::move(condition);
  return lint_of(row);
}

}  // namespace

TEST_CASE("conditions that decide only by what is known are accepted") {
  for (const auto* good :
       {"capacity_t >= 30", "capacity_t >= 0.3 AND NOT has_plan", "mineral IN ('gold', 'iron') OR has_plan",
        "if_then(mining_method = 'underground', capacity_t >= 10, capacity_t >= 30)",
        "capacity_t >= if_then(mining_method = 'underground', 10, 30)", "ratio_at_least(reserves_t, capacity_t, life)",
        "ratio_at_most(reserves_t, capacity_t, 31)", "at_least(output, 30) AND below(output, 100)",
        "capacity_t BETWEEN 2 AND 3", "capacity_t NOT BETWEEN 2 AND 3", "granted_on >= '2017-01-01'",
        "township = '特克斯镇'", "capacity_t + 2 * capacity_t >= 3", "-capacity_t < 0", "mineral <> 'gold'",
        "capacity_t * life <= reserves_t", "\n capacity_t\n>= 30"}) {
    const auto findings = lint_condition(good);
    CHECK_MESSAGE(findings.empty(), good << ": " << (findings.empty() ? "" : findings.front().text()));
  }
}

TEST_CASE("what could take not known for an answer is refused, with line, column and character") {
  struct Case {
    const char* condition;
    std::size_t character;
    const char* message;
  };
  for (const Case& one : {
           Case{"CASE WHEN has_plan THEN 1 ELSE 0 END = 1", 1, "CASE"},
           Case{"coalesce(capacity_t, 0) >= 3", 1, "COALESCE"},
           Case{"has_plan OR IFNULL(has_plan, 1)", 13, "COALESCE and IFNULL"},
           Case{"capacity_t IS NULL", 12, "IS and NULL"},
           Case{"capacity_t IS NOT NULL", 12, "IS and NULL"},
           Case{"capacity_t ISNULL", 12, "IS and NULL"},
           Case{"capacity_t = NULL", 14, "IS and NULL"},
           Case{"iif(has_plan, 1, 0) = 1", 1, "CASE"},
           Case{"sum(capacity_t) >= 3", 1, "aggregates"},
           Case{"count(*) > 1", 1, "aggregates"},
           Case{"max(capacity_t) > 1", 1, "aggregates"},
           Case{"capacity_t / 2 >= 1", 12, "ratio_at_least"},
           Case{"capacity_t % 2 = 1", 12, "ratio_at_least"},
           Case{"has_plan; DROP TABLE record", 9, "without ;"},
           Case{"DELETE FROM record", 1, "never a query"},
           Case{"(SELECT 1) = 1", 2, "never a query"},
           Case{"UPDATE record SET x = 1", 1, "never a query"},
           Case{"township LIKE '特%'", 10, "may not stand"},
           Case{"has_plan -- comment", 10, "comments"},
           Case{"random() > 3", 1, "no function"},
           Case{"load_extension('x')", 1, "no function"},
           Case{"capacity_t >=", 14, "too early"},
           Case{"capacity_t >= 30)", 17, "does not belong"},
           Case{"capacity_t >= 30 40", 18, "does not belong"},
           Case{"township = '特克斯", 12, "never ends"},
           Case{"\"capacity_t\" >= 3", 1, "may not stand"},
           Case{"capacity_t >= 1e9", 16, "numbers"},
       }) {
    const auto findings = lint_condition(one.condition);
    REQUIRE_MESSAGE(findings.size() == 1, one.condition);
    CHECK_MESSAGE(findings[0].character == one.character, one.condition << " at " << findings[0].character);
    CHECK_MESSAGE(has(findings[0].message, one.message), one.condition << ": " << findings[0].message);
    CHECK(findings[0].line == 2);
    CHECK(findings[0].column == 27);
    CHECK(has(findings[0].text(), "line 2, column 27, character"));
  }
}

TEST_CASE("types and units that do not fit are refused") {
  struct Case {
    const char* condition;
    const char* message;
  };
  for (const Case& one : {
           Case{"capacity_t >= '15'", "text is not compared with a number"},
           Case{"'15' <= capacity_t", "text is not compared with a number"},
           Case{"mineral = 3", "is not compared with"},
           Case{"mineral = 'unobtainium'", "not a choice"},
           Case{"mineral < 'gold'", "only equal or not"},
           Case{"mineral = mining_method", "is not compared with"},
           Case{"has_plan = 1", "is not compared with"},
           Case{"has_plan = has_plan", "by its name"},
           Case{"capacity_t", "yes or no is needed"},
           Case{"capacity_t AND has_plan", "yes or no is needed"},
           Case{"has_plan + 1 >= 1", "a number is needed"},
           Case{"capacity_t >= capacity_m3", "units differ"},
           Case{"capacity_t + life >= 3", "units differ"},
           Case{"ratio_at_least(reserves_t, capacity_m3, life)", "units differ"},
           Case{"output >= 30", "at_least"},
           Case{"output + 1 >= 30", "at_least"},
           Case{"at_least(capacity_t, 30)", "type range"},
           Case{"at_least(output)", "takes 2 arguments"},
           Case{"granted_on >= '2017-02-30'", "2017-02-30"},
           Case{"unheard_of >= 1", "there is no fact unheard_of"},
           Case{"huge * huge * huge >= 1", "exceed"},
           Case{"if_then(has_plan, 1, mineral) = 1", "both outcomes"},
           Case{"township >= 'a'", "only equal or not"},
       }) {
    const auto findings = lint_condition(one.condition);
    REQUIRE_MESSAGE(findings.size() == 1, one.condition);
    CHECK_MESSAGE(has(findings[0].message, one.message), one.condition << ": " << findings[0].message);
    CHECK(findings[0].character > 0);
  }
}

TEST_CASE("deep nesting and long cells are refused, not followed") {
  CHECK(lint_condition(std::string(3000, '(') + "has_plan").size() == 1);
  std::string nots;
  for (int i = 0; i < 900; ++i) nots += "NOT ";
  CHECK(lint_condition(nots + "has_plan").size() == 1);
  std::string chain = "has_plan";
  for (int i = 0; i < 300; ++i) chain += " OR has_plan";
  CHECK(lint_condition(chain).empty());
  for (int i = 0; i < 100; ++i) chain += " OR has_plan";
  CHECK(lint_condition(chain).size() == 1);
}

TEST_CASE("what a rule reads is declared with its type and unit") {
  set_language(Language::english);
  Row row;
  row.condition = "capacity_t >= 30";
  row.inputs = "has_plan boolean";
  REQUIRE(lint_of(row).size() == 1);
  CHECK(has(lint_of(row)[0].message, "not listed in inputs"));
  row.inputs = "capacity_t number 10k_m3/year";
  REQUIRE(lint_of(row).size() == 1);
  CHECK(has(lint_of(row)[0].message, "unit"));
  row.inputs = "capacity_t boolean 10kt/year";
  REQUIRE(lint_of(row).size() == 1);
  CHECK(has(lint_of(row)[0].message, "of type number"));
  row.inputs = "capacity_t number 10kt/year";
  row.passed = "{capacity_m3}";
  CHECK(has(lint_of(row)[0].message, "in braces"));
  row.passed = "{capacity_t}";
  CHECK(lint_of(row).empty());
  row.stage = "middle-aged";
  CHECK(has(lint_of(row)[0].message, "not a choice"));
}

TEST_CASE("versions of a rule may follow each other but not overlap") {
  set_language(Language::english);
  Row first;
  first.condition = "capacity_t >= 30";
  first.superseded_by = "2024 edition";
  first.to = "2023-12-31";
  Row second = first;
  second.from = "2023-12-31";
  second.to = "";
  const auto findings = lint(csv_of({first, second}), facts_csv);
  REQUIRE(findings.size() == 1);
  CHECK(has(findings[0].text(), "line 3, column 11"));
  CHECK(has(findings[0].message, "overlap"));

  second.from = "2024-01-01";
  second.condition = "capacity_t >= 50";
  auto catalogue = Catalogue::parse(csv_of({first, second}), facts_csv);
  REQUIRE_MESSAGE(catalogue.ok(), catalogue.error().message());
  const auto chosen = [&](std::string_view on) {
    const auto rules = catalogue->rules_on(tests::day(on));
    REQUIRE(rules.size() == 1);
    return rules[0];
  };
  CHECK(chosen("2023-12-31")->condition.text == "capacity_t >= 30");
  CHECK(chosen("2024-01-01")->condition.text == "capacity_t >= 50");
  CHECK(chosen("2020-06-01")->condition.text == "capacity_t >= 30");
  CHECK(state_of(chosen("2020-06-01")->plan_basis, tests::day("2020-06-01")) == BasisState::future);
  CHECK(state_of(chosen("2022-06-01")->plan_basis, tests::day("2022-06-01")) == BasisState::in_force);
  CHECK(state_of(first.superseded_by.empty() ? Basis() : catalogue->rules()[0].plan_basis, tests::day("2024-06-01")) ==
        BasisState::superseded);
}

TEST_CASE("the plan's rules are in force to the end of 2025 and expired after it") {
  tests::County county;
  CHECK(county.verdict(county.county(), "R04", "2025-12-31").basis_state == BasisState::in_force);
  CHECK(county.verdict(county.county(), "R04", "2026-01-01").basis_state == BasisState::expired);
  CHECK(county.verdict(county.county(), "R04", "2020-12-31").basis_state == BasisState::future);
  CHECK(county.verdict(county.county(), "R04", "2026-01-01").outcome == Outcome::pass);  // still computed
}

TEST_CASE("a broken catalogue is refused with the place of the first fault") {
  set_language(Language::english);
  Row row;
  row.condition = "coalesce(capacity_t, 0) > 1";
  const auto refused = Catalogue::parse(csv_of({row}), facts_csv, "office.csv");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::bad_input);
  CHECK(has(refused.error().message(), "office.csv, line 2, column 27, character 1"));
  CHECK_FALSE(Catalogue::parse("id,title_zh\nR1,x\n", facts_csv).ok());
  CHECK_FALSE(Catalogue::parse("", facts_csv).ok());
  CHECK_FALSE(Catalogue::parse(csv_of({}), "name\n").ok());
  CHECK(Catalogue::load(tests::assets(), "../secret").error().code() == ErrorCode::bad_input);
  CHECK(Catalogue::load(tests::assets(), "no-such-plan").error().code() == ErrorCode::not_found);
  set_language(Language::chinese);
  CHECK(has(Catalogue::parse(csv_of({row}), facts_csv, "office.csv").error().message(), "第 2 行第 27 列"));
}

TEST_CASE("a rule that is switched off is told as unknown, never decided") {
  tests::County county;
  std::string rules;
  auto read = read_text_file(tests::assets() / "criteria" / "tekes-plan-2021-2025.csv", 1 << 20);
  auto facts = read_text_file(tests::assets() / "criteria" / "facts.csv", 1 << 20);
  REQUIRE(read.ok());
  REQUIRE(facts.ok());
  rules = *read;
  const auto at = rules.find("R04,");
  REQUIRE(at != std::string::npos);
  const auto yes = rules.find(",yes,", at);
  rules.replace(yes, 5, ",no,");
  const auto catalogue = Catalogue::parse(rules, *facts);
  REQUIRE_MESSAGE(catalogue.ok(), catalogue.error().message());
  const auto verdicts = check(county.store(), *catalogue, {county.county(), tests::day("2021-01-01")});
  REQUIRE(verdicts.ok());
  for (const auto& verdict : *verdicts) {
    if (verdict.rule != "R04") continue;
    CHECK(verdict.outcome == Outcome::unknown);
    CHECK(has(verdict.reason, "switched off"));
  }
}
