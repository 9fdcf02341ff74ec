#include <algorithm>

#include "app/criteria/judge.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

TEST_CASE("exploration rights: assessment, design, the signed responsibility letter, protection and restoration") {
  County county;
  const Uuid right = registers::register_id("exploration-right", "2-01");
  for (const auto* rule : {"R47", "R48", "R49", "R50"}) {
    const Verdict verdict = county.verdict(right, rule);
    CHECK(verdict.outcome == Outcome::unknown);
    CHECK(verdict.kind == RuleKind::duty);
    CHECK_FALSE(verdict.missing.empty());
  }
  CHECK(has(county.verdict(right, "R48").missing.at(0), "both seals"));
  CHECK(has(county.verdict(right, "R51").reason, "inside the priority exploration zone"));
}

TEST_CASE("smart mines are followed for large mines only, and never passed or failed") {
  County county;
  const Verdict gold = county.verdict(county.mine("3-01"), "R52");
  CHECK(gold.kind == RuleKind::tracking);
  CHECK(gold.outcome == Outcome::unknown);
  CHECK(gold.missing.size() == 3);
  CHECK(county.verdict(county.mine("3-08"), "R52").outcome == Outcome::not_applicable);
}

TEST_CASE("duties follow the stage: new, extended, producing, closing") {
  County county;
  const Uuid mine = county.add("mining-right", {{"name", "one"}, {"mineral", "iron"}, {"stage", "new"}});
  const auto applies = [&](std::string_view rule) {
    return county.verdict(mine, rule).outcome != Outcome::not_applicable;
  };
  const auto asked = [&] {
    std::string rules;
    for (const auto* rule : {"R33", "R37", "R39", "R40", "R41", "R59", "R60", "R61", "R63"}) {
      if (applies(rule)) rules += std::string(rule) + " ";
    }
    return rules;
  };
  CHECK(asked() == "R33 R37 R59 R60 R63 ");
  county.set(mine, {"stage", "extended"});
  CHECK(asked() == "R39 R59 R63 ");
  county.set(mine, {"stage", "producing"});
  CHECK(asked() == "R40 R59 R61 R63 ");
  county.set(mine, {"stage", "closing"});
  CHECK(asked() == "R41 R63 ");
}

TEST_CASE("the environment's veto is one rule of its own weight: it is marked, and one unmet part is enough") {
  County county;
  const Uuid mine = county.add("mining-right", {{"name", "one"}, {"mineral", "iron"}, {"stage", "new"}});
  CHECK(county.verdict(mine, "R37").is_veto);
  CHECK(county.verdict(mine, "R37").outcome == Outcome::unknown);
}

TEST_CASE("patrols: the last visit and how many; what was found is followed up; examples are not counted") {
  County county;
  const Uuid mine = county.mine("3-08");
  const Verdict never = county.verdict(mine, "R66", "2022-01-01");
  CHECK(never.outcome == Outcome::unknown);
  CHECK(has(never.missing.at(0), "no visit is on record"));
  county.add_visit(mine, "2021-05-01T10:00:00+08:00");
  const Uuid second = county.add_visit(mine, "2021-09-02T10:00:00+08:00");
  county.add("visit", {{"place", mine.text()},
                       {"visit_kind", "patrol"},
                       {"started_at", "2021-10-01T10:00:00+08:00"},
                       {"is_example", "true"}});
  const Verdict patrolled = county.verdict(mine, "R66", "2022-01-01");
  CHECK(patrolled.outcome == Outcome::not_applicable);  // reported, never passed
  CHECK(has(patrolled.reason, "2021-09-02"));
  CHECK(input(patrolled, "visits") == "2");
  CHECK(input(county.verdict(mine, "R66", "2021-06-01"), "last_visited_on") == "2021-05-01");
  CHECK(county.verdict(mine, "R67", "2022-01-01").outcome == Outcome::not_applicable);
  county.add("finding", {{"visit", second.text()}, {"text", "矿界外有新挖痕迹"}});
  const Verdict followed = county.verdict(mine, "R67", "2022-01-01");
  CHECK(followed.outcome == Outcome::unknown);
  CHECK(input(followed, "findings") == "1");
  CHECK(followed.missing.size() == 2);
}

TEST_CASE("what the county itself reports and re-checks is followed, not judged") {
  County county;
  for (const auto* rule : {"R68", "R69"}) {
    const Verdict verdict = county.verdict(county.county(), rule);
    CHECK(verdict.kind == RuleKind::tracking);
    CHECK(verdict.outcome == Outcome::unknown);
  }
  county.add("county-year", {{"year", "2022"},
                             {"spots_are_rechecked", "true"},
                             {"implementation_is_reported", "false"},
                             {"source", "县自然资源局年报"}});
  const Verdict spots = county.verdict(county.county(), "R68", "2023-06-01");
  CHECK(spots.outcome == Outcome::not_applicable);  // reported, never passed
  CHECK(has(spots.reason, "2022: yes"));
  CHECK(has(county.verdict(county.county(), "R69", "2023-06-01").reason, "2022: no"));
  // A year is not told of before it is over.
  CHECK(county.verdict(county.county(), "R68", "2022-06-01").outcome == Outcome::unknown);
}

TEST_CASE("small mines only are proposed for shutting down, and only as a proposal") {
  County county;
  CHECK(county.verdict(county.mine("3-03"), "R64").outcome == Outcome::not_applicable);
  CHECK(county.verdict(county.mine("3-08"), "R64").outcome == Outcome::unknown);
}

TEST_CASE("each mineral has its green mine standard, and from 2026-10-01 a warning about the national one") {
  County county;
  const std::pair<const char*, const char*> expected[] = {
      {"3-01", "R78"}, {"3-02", "R79"}, {"3-03", "R81"}, {"3-04", "R82"}, {"3-08", "R83"}};
  for (const auto& [mine, rule] : expected) {
    CAPTURE(mine);
    const Verdict before = county.verdict(county.mine(mine), rule, "2026-09-30");
    CHECK(has(before.document, "DZ/T 03"));
    CHECK(has(before.reason, "not verified"));
    CHECK(before.mark == Mark::unverified);
    CHECK(before.basis_state == BasisState::in_force);
    const Verdict after = county.verdict(county.mine(mine), rule, "2026-10-01");
    CHECK(has(after.document, "National standard"));
    CHECK(has(after.reason, "verifies before citing"));
    int applying = 0;
    for (const auto* other : {"R78", "R79", "R80", "R81", "R82", "R83", "R84", "R85"}) {
      if (has(county.verdict(county.mine(mine), other, "2026-10-01").reason, "in force from 2026-10-01")) ++applying;
    }
    CHECK(applying == 1);
  }
}

namespace {

// A duty whose condition asks only yes-or-no facts.
bool is_yes_or_no(const Rule& rule) {
  const auto& facts = tests::catalogue().facts().definitions();
  return !rule.is_progress_only() && !rule.condition.facts.empty() &&
         std::ranges::all_of(rule.condition.facts,
                             [&](std::size_t fact) { return facts[fact].type == FactType::boolean; });
}

}  // namespace

TEST_CASE("of yes-or-no duties exactly one set of answers is a pass, and every single other answer fails") {
  const Catalogue& catalogue = tests::catalogue();
  std::size_t duties = 0;
  for (const auto* rule : catalogue.rules_on(tests::day("2021-06-01"))) {
    if (catalogue.file_of(*rule).id != Catalogue::default_id || !is_yes_or_no(*rule)) continue;
    CAPTURE(rule->id);
    ++duties;
    const auto& asked = rule->condition.facts;
    FactSet facts(catalogue.facts().definitions().size());
    CHECK_FALSE(evaluate(rule->condition, facts).holds.has_value());  // nothing answered
    std::size_t passes = 0;
    std::size_t right = 0;
    for (std::size_t answers = 0; answers < (std::size_t{1} << asked.size()); ++answers) {
      for (std::size_t i = 0; i < asked.size(); ++i) facts[asked[i]] = FactValue::of((answers >> i) & 1);
      const Truth holds = evaluate(rule->condition, facts).holds;
      REQUIRE(holds.has_value());
      if (!*holds) continue;
      ++passes;
      right = answers;
    }
    CHECK(passes == 1);
    // One wrong answer is enough, whatever else is not known.
    for (std::size_t i = 0; i < asked.size(); ++i) {
      FactSet one(facts.size());
      one[asked[i]] = FactValue::of(static_cast<std::int64_t>(((right >> i) & 1) ^ 1));
      CHECK(evaluate(rule->condition, one).holds == Truth(false));
    }
  }
  CHECK(duties >= 25);
}

TEST_CASE("where the method does not matter it is not asked for: exit of the suspended sand mine") {
  County county;
  const Verdict exit = county.verdict(county.mine("3-06"), "R32");
  CHECK(exit.outcome == Outcome::unknown);
  for (const auto& missing : exit.missing) CHECK_FALSE(has(missing, "method"));
  // At 20 an iron mine reaches the minimum of 10 underground and not that of 30 in an open pit.
  county.set(county.iron(), {"capacity_10kt_per_year", "20"});
  CHECK(has(county.verdict(county.iron(), "R32").missing.at(0), "minimum differs by method"));
  county.set(county.iron(), {"mining_method", "open-pit"});
  CHECK(county.verdict(county.iron(), "R32").outcome == Outcome::fail);
}

TEST_CASE("a visit to an exploration site that finds no signed responsibility letter fails that duty, at once") {
  County county;
  const Uuid right = registers::register_id("exploration-right", "2-01");
  const auto visit = [&](std::string_view day) {
    return county.add("visit", {{"place", right.text()}, {"visit_kind", "green-exploration"}, {"started_at", day}});
  };
  const Uuid first = visit("2021-05-01T10:00:00+08:00");
  county.answer(first, "green-exploration", "E03", "no");
  const Verdict missing = county.verdict(right, "R48", "2021-06-01");
  CHECK(missing.outcome == Outcome::fail);
  CHECK(has(missing.consequence, "responsibility letter"));
  const Uuid second = visit("2021-07-01T10:00:00+08:00");
  county.answer(second, "green-exploration", "E03", "yes");
  CHECK(county.verdict(right, "R48", "2021-06-01").outcome == Outcome::fail);
  CHECK(county.verdict(right, "R48", "2021-08-01").outcome == Outcome::pass);
}
