#include "tests/support/judged_county/county.h"

#include <algorithm>
#include <regex>
#include <set>

#include "db/records/kinds.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

TEST_CASE("with the iron mine underground the plan's own counts and share come out") {
  County county;
  county.set(county.iron(), {"mining_method", "underground"});
  const Verdict share = county.verdict(county.county(), "R05");
  CHECK(input(share, "mines_large") == "2");
  CHECK(input(share, "mines_medium") == "4");
  CHECK(input(share, "mines_small") == "10");
  CHECK(input(share, "mines_total") == "16");
  CHECK(input(share, "large_medium_share") == "37.5");
  // An expected target is reported, never failed, although 37.5 is below 45.
  CHECK(share.outcome == Outcome::not_applicable);
  CHECK(has(share.reason, "Progress: "));
  CHECK(has(share.reason, "37.5 %"));
  CHECK(has(share.reason, "not reached"));
  CHECK(share.missing.empty());
}

TEST_CASE("an open-pit iron mine is small and the share is 31.25 %") {
  County county;
  county.set(county.iron(), {"mining_method", "open-pit"});
  CHECK(input(county.verdict(county.county(), "R05"), "large_medium_share") == "31.25");
  CHECK(input(county.verdict(county.iron(), "R25-class"), "size_class") == "small");
  CHECK(county.verdict(county.iron(), "R25").outcome == Outcome::pass);  // exactly at the minimum of 30
}

TEST_CASE("without a method the iron mine's class cannot be told, its minimum passes whichever method") {
  County county;
  const Verdict size = county.verdict(county.iron(), "R25-class");
  CHECK(size.outcome == Outcome::unknown);
  CHECK(input(size, "size_class") == "medium|small");
  CHECK(has(size.reason, "medium or small"));
  REQUIRE(size.missing.size() == 1);
  CHECK(has(size.missing[0], "method"));

  for (const auto* rule : {"R25", "R27"}) {
    const Verdict minimum = county.verdict(county.iron(), rule);
    CHECK(minimum.outcome == Outcome::pass);
    CHECK(has(minimum.reason, "whichever method"));
    CHECK(minimum.missing.empty());
  }
  const Verdict share = county.verdict(county.county(), "R05");
  CHECK(share.outcome == Outcome::unknown);
  CHECK(input(share, "large_medium_share") == "31.25–37.5");
  CHECK(input(share, "mines_large_or_medium") == "5–6");
  CHECK_FALSE(share.missing.empty());
}

TEST_CASE("the three wordings of the share and the two readings of the gold target stand side by side") {
  County county;
  const Verdict share = county.verdict(county.county(), "R05");
  CHECK(has(input(share, "target_text"), "> 45"));
  CHECK(has(input(share, "target_table"), "≥ 45"));
  CHECK(has(input(share, "target_section_4"), "45 % and over"));
  const Verdict gold = county.verdict(county.county(), "R03");
  CHECK(has(input(gold, "target_gold_text"), "30 t"));
  CHECK(has(input(gold, "target_gold_table"), "30 (10,000 t)"));
  CHECK(has(gold.reason, "30 t"));
  CHECK(has(gold.reason, "300,000 t"));
}

TEST_CASE("capacity is no output: totals are unknown until annual returns exist") {
  County county;
  for (const auto* rule : {"R01", "R02", "R03"}) {
    const Verdict total = county.verdict(county.county(), rule);
    CHECK(total.outcome == Outcome::unknown);
    CHECK_FALSE(total.missing.empty());
    CHECK(has(total.missing[0], "annual return"));
    for (const auto& one : total.inputs) {
      if (one.name.starts_with("annual_output")) CHECK(one.value == "unknown");
    }
  }
}

TEST_CASE("sixteen mines pass, a seventeenth does not; examples and voided ones are not counted") {
  County county;
  CHECK(county.verdict(county.county(), "R04").outcome == Outcome::pass);
  county.add("mining-right", {{"name", "示例砂矿"}, {"is_example", "true"}});
  CHECK(input(county.verdict(county.county(), "R04"), "mines_total") == "16");
  const Uuid extra = county.add("mining-right", {{"name", "another"}, {"stage", "new"}});
  const Verdict count = county.verdict(county.county(), "R04");
  CHECK(count.outcome == Outcome::fail);
  CHECK(has(count.consequence, "16"));
  CHECK(county.verdict(county.county(), "R17").outcome == Outcome::fail);  // a grant that goes over the number
  const history::Edit voiding{extra, records::kinds::mining_right, records::existence_group,
                              history::existence_values(true, "entered twice"), county.store().read(extra)->seen_all()};
  REQUIRE(county.store().commit({&voiding, 1}, Uuid{}).ok());
  CHECK(county.verdict(county.county(), "R04").outcome == Outcome::pass);
  CHECK(county.verdict(county.county(), "R17").outcome == Outcome::not_applicable);
}

TEST_CASE("the three areas of restoration are shown and never mixed") {
  County county;
  const Verdict restored = county.verdict(county.county(), "R07");
  CHECK(restored.outcome == Outcome::unknown);
  CHECK(input(restored, "restoration_projects_ha") == "64");
  CHECK(input(restored, "legacy_untreated_ha") == "36.57");
  CHECK(has(restored.reason, "9.40"));
  const Uuid project = registers::register_id("restoration-project", "19-01");
  const Uuid unit = county.add("restoration-unit", {{"parent", project.text()}, {"name", "一号坑"}});
  const auto status = [&](std::string_view day, std::string_view state, std::string_view area) {
    county.add("restoration-status",
               {{"unit", unit.text()}, {"observed_on", day}, {"state", state}, {"area_ha", area}});
  };
  status("2022-05-01", "completed", "9.39");
  CHECK(input(county.verdict(county.county(), "R07", "2022-12-31"), "restored_legacy_ha") == "≥9.39");
  CHECK(has(county.verdict(county.county(), "R07", "2022-12-31").reason, "cannot be determined"));
  status("2023-05-01", "completed", "9.40");
  // The bound decides although nobody has looked at every unit.
  CHECK(has(county.verdict(county.county(), "R07", "2023-12-31").reason, "reached by the data"));
  CHECK(input(county.verdict(county.county(), "R07", "2022-12-31"), "restored_legacy_ha") == "≥9.39");
  status("2024-05-01", "under-treatment", "9.40");
  CHECK(input(county.verdict(county.county(), "R07", "2024-12-31"), "restored_legacy_ha") == "unknown");
}

TEST_CASE("key projects: within their period, overdue without a completion on record, completed") {
  County county;
  const Uuid gold = registers::register_id("key-project", "17-01");
  CHECK(county.verdict(gold, "R46", "2023-12-31").outcome == Outcome::not_applicable);
  CHECK(has(county.verdict(gold, "R46", "2023-12-31").reason, "within its period"));
  const Verdict overdue = county.verdict(gold, "R46", "2024-01-01");
  CHECK(overdue.outcome == Outcome::unknown);
  CHECK(has(overdue.reason, "overdue flag"));
  CHECK_FALSE(overdue.missing.empty());
  CHECK(has(county.verdict(county.mine("3-01"), "R46", "2024-01-01").reason, "overdue flag"));
  CHECK(county.verdict(county.mine("3-08"), "R46").outcome == Outcome::not_applicable);
  county.set(gold, {"completed_on", "2023-11-30"});
  CHECK(has(county.verdict(gold, "R46", "2024-01-01").reason, "completed in time"));
  county.set(gold, {"completed_on", "2024-02-01"});
  CHECK(has(county.verdict(gold, "R46", "2024-03-01").reason, "completed late"));
  const Verdict unplanned = county.verdict(registers::register_id("key-project", "16-01"), "R46");
  CHECK(unplanned.outcome == Outcome::unknown);
  CHECK(has(unplanned.reason, "first year not given and last year not given: the plan gives no schedule"));
  CHECK(has(county.verdict(registers::register_id("restoration-project", "19-01"), "R46", "2026-01-01").reason,
            "overdue flag"));
}

TEST_CASE("every rule R01 to R85 is listed, with a reason, a clause and what is missing") {
  County county;
  for (const auto language : {Language::chinese, Language::english}) {
    set_language(language);
    std::set<std::string> rules;
    for (const auto& verdict : county.verdicts("2026-11-23")) {
      rules.insert(verdict.rule);
      CHECK_FALSE(verdict.reason.empty());
      CHECK_FALSE(verdict.title.empty());
      // Announcements and standards have their own document and time; the plan's clauses are those of a lapsed plan.
      const bool is_of_plan = has(verdict.document, language == Language::chinese ? "特克斯县" : "Tekes County");
      CHECK(has(verdict.clause, verdict.document));
      CHECK(is_of_plan == (verdict.basis_state == BasisState::expired));
      if (verdict.outcome == Outcome::unknown) CHECK_FALSE(verdict.missing.empty());
      if (verdict.outcome == Outcome::fail) CHECK_FALSE(verdict.consequence.empty());
      if (verdict.outcome != Outcome::fail) CHECK(verdict.consequence.empty());
      const bool is_reported =
          verdict.kind == RuleKind::tracking || (verdict.kind == RuleKind::target && verdict.rule != "R04");
      if (is_reported) CHECK((verdict.outcome == Outcome::unknown || verdict.outcome == Outcome::not_applicable));
      CHECK_FALSE(has(verdict.reason, "{"));
    }
    for (int number = 1; number <= 85; ++number) {
      const std::string id = (number < 10 ? "R0" : "R") + std::to_string(number);
      CHECK_MESSAGE(rules.contains(id), id);
    }
  }
}

TEST_CASE("no verdict calls anybody's mining illegal") {
  County county;
  static const std::regex accusation("违法|非法|illegal|unlawful", std::regex::icase);
  for (const auto language : {Language::chinese, Language::english}) {
    set_language(language);
    for (const auto& verdict : county.verdicts()) {
      CHECK_FALSE(std::regex_search(verdict.reason + verdict.consequence + verdict.title, accusation));
    }
  }
}

TEST_CASE("a place that does not exist is not found") {
  County county;
  const auto none = check(county.store(), tests::catalogue(), {fixed_uuid("nowhere"), tests::day("2021-01-01")});
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code() == ErrorCode::not_found);
}

TEST_CASE("a place of a kind that no rule is for: every rule is not applicable, and says whom it is for") {
  County county;
  for (const auto* kind : {"legacy-site", "unlicensed-place"}) {
    CAPTURE(kind);
    const Uuid place = county.add(kind, {{"name", "示例老坑"}, {"is_example", "true"}});
    const auto verdicts = check(county.store(), tests::catalogue(), {place, tests::day("2021-01-01")});
    REQUIRE_MESSAGE(verdicts.ok(), verdicts.error().message());
    CHECK(verdicts->size() == tests::catalogue().rules_on(tests::day("2021-01-01")).size());
    for (const auto& verdict : *verdicts) {
      CHECK(verdict.outcome == Outcome::not_applicable);
      CHECK(verdict.site == place);
      CHECK(verdict.uses_example_data);
      CHECK(verdict.missing.empty());
      CHECK(verdict.consequence.empty());
    }
    CHECK(has(county.verdict(place, "R40").reason, "this rule is for: Mining right"));
    // Among all places it makes no noise.
    for (const auto& verdict : county.verdicts()) CHECK(verdict.site != place);
  }
}

TEST_CASE("what is no place, or is void, is not checked") {
  County county;
  const Uuid site = county.add("legacy-site", {{"name", "示例老坑"}});
  const Uuid visit = county.add_visit(site, "2021-01-01T10:00:00+08:00");
  const history::Edit voiding{site, records::kinds::legacy_site, records::existence_group,
                              history::existence_values(true, "entered twice"), county.store().read(site)->seen_all()};
  REQUIRE(county.store().commit({&voiding, 1}, Uuid{}).ok());
  for (const Uuid& id : {visit, site}) {
    const auto none = check(county.store(), tests::catalogue(), {id, tests::day("2021-01-01")});
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().code() == ErrorCode::bad_input);
  }
}

TEST_CASE("a unit's newest restoration status tells whether acceptance is due") {
  County county;
  const Uuid project = registers::register_id("restoration-project", "19-01");
  const Uuid unit = county.add("restoration-unit", {{"parent", project.text()}, {"name", "一号坑"}});
  const auto status = [&](std::string_view day, std::string_view state) {
    return county.add("restoration-status", {{"unit", unit.text()}, {"observed_on", day}, {"state", state}});
  };
  CHECK(county.verdict(unit, "R43").outcome == Outcome::unknown);
  CHECK(has(county.verdict(unit, "R43").reason, "whether the rule applies is open"));
  status("2022-05-01", "under-treatment");
  const Verdict early = county.verdict(unit, "R43", "2022-12-31");
  CHECK(early.outcome == Outcome::not_applicable);
  CHECK(input(early, "restoration_is_finished") == "no");
  const Uuid finished = status("2023-05-01", "completed");
  CHECK(county.verdict(unit, "R43", "2022-12-31").outcome == Outcome::not_applicable);
  const Verdict due = county.verdict(unit, "R43", "2023-12-31");
  CHECK(due.outcome == Outcome::unknown);
  CHECK(input(due, "restoration_is_finished") == "yes");
  CHECK_FALSE(has(due.reason, "whether the rule applies"));
  county.set_unseen(finished, {"state", "untreated"});
  // Two people differ about the newest status: the older one does not step in.
  CHECK(has(county.verdict(unit, "R43", "2023-12-31").reason, "open dispute"));
}
