#include <algorithm>

#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using criteria::Outcome;
using criteria::Verdict;

namespace {

const criteria::Catalogue& green_rules() {
  static const criteria::Catalogue loaded = [] {
    auto result = criteria::Catalogue::load(assets(), "green-mines");
    REQUIRE_MESSAGE(result.ok(), result.error().message());
    return std::move(result).value();
  }();
  return loaded;
}

struct GreenCounty : County {
  Verdict green(std::string_view rule, std::string_view on = "2021-05-01") {
    const auto all = criteria::check(store(), green_rules(), {iron(), day(on)});
    REQUIRE_MESSAGE(all.ok(), all.error().message());
    const auto found = std::ranges::find(*all, rule, &Verdict::rule);
    REQUIRE(found != all->end());
    return *found;
  }
  Uuid assess(std::string_view on) {
    return add("green-assessment",
               {{"mine", iron().text()}, {"level", "national"}, {"index_id", "national-2020"}, {"assessed_on", on}});
  }
  void answer(const Uuid& assessment, std::string_view fact, std::string_view field, std::string_view text) {
    add("green-score", {{"assessment", assessment.text()}, {"item", fact}, {field, text}});
  }
  Uuid tier(std::string_view tier, std::string_view on, std::string_view reason = "示例理由") {
    return add("green-tier", {{"mine", iron().text()},
                              {"tier", tier},
                              {"reason", reason},
                              {"decided_on", on},
                              {"decided_by", "示例检查员"}});
  }
};

}  // namespace

TEST_CASE("nothing recorded: every precondition is unknown, and each says what is missing and where to get it") {
  GreenCounty county;
  for (const char* rule : {"GM-P1", "GM-P2", "GM-P3", "GM-P4", "GM-P5"}) {
    const Verdict verdict = county.green(rule);
    CAPTURE(rule);
    CHECK(verdict.outcome == Outcome::unknown);
    CHECK_FALSE(verdict.missing.empty());
    CHECK(verdict.is_veto);
  }
}

TEST_CASE("exactly three years left are enough, a hundredth less is not") {
  GreenCounty county;
  const Uuid assessment = county.assess("2021-04-01");
  county.answer(assessment, "operates_normally", "answer", "yes");
  CHECK(county.green("GM-P4").outcome == Outcome::unknown);
  county.answer(assessment, "remaining_life_years", "figure", "3");
  CHECK(county.green("GM-P4").outcome == Outcome::pass);
  const Uuid later = county.assess("2021-04-20");
  county.answer(later, "remaining_life_years", "figure", "2.99");
  CHECK(county.green("GM-P4").outcome == Outcome::fail);
  CHECK(county.green("GM-P4", "2021-04-19").outcome == Outcome::pass);  // before the newer one
}

TEST_CASE("penalties: none, or rectified; an accident is an accident") {
  GreenCounty county;
  const Uuid assessment = county.assess("2021-04-01");
  county.answer(assessment, "is_free_of_penalties", "answer", "no");
  county.answer(assessment, "is_free_of_major_accidents", "answer", "yes");
  CHECK(county.green("GM-P2").outcome == Outcome::unknown);
  county.answer(assessment, "penalties_are_rectified", "answer", "yes");
  CHECK(county.green("GM-P2").outcome == Outcome::pass);
  const Uuid later = county.assess("2021-04-02");
  county.answer(later, "is_free_of_major_accidents", "answer", "no");
  CHECK(county.green("GM-P2").outcome == Outcome::fail);
}

TEST_CASE("the licence's term in the register decides; an assessment that says otherwise leaves it unknown") {
  GreenCounty county;
  county.set(county.iron(), {"licence_valid_to", "2021-05-01"});
  const Uuid assessment = county.assess("2021-04-01");
  county.answer(assessment, "business_licence_is_valid", "answer", "yes");
  county.answer(assessment, "safety_licence_is_valid", "answer", "yes");
  CHECK(county.green("GM-P1", "2021-05-01").outcome == Outcome::pass);  // the last day
  CHECK(county.green("GM-P1", "2021-05-02").outcome == Outcome::fail);
  county.answer(assessment, "mining_licence_is_valid", "answer", "no");
  CHECK(county.green("GM-P1", "2021-05-01").outcome == Outcome::unknown);
}

TEST_CASE("two different answers in one assessment, a dispute, a void assessment: unknown, never the nicer one") {
  GreenCounty county;
  const Uuid assessment = county.assess("2021-04-01");
  county.answer(assessment, "is_outside_protected_areas", "answer", "yes");
  CHECK(county.green("GM-P5").outcome == Outcome::pass);
  county.answer(assessment, "is_outside_protected_areas", "answer", "no");
  CHECK(county.green("GM-P5").outcome == Outcome::unknown);
}

TEST_CASE("an assessment gives no fact but those of preconditions") {
  GreenCounty county;
  const Uuid assessment = county.assess("2020-12-01");
  county.answer(assessment, "fund_is_set_up", "answer", "yes");
  CHECK(county.verdict(county.iron(), "R42").outcome == Outcome::unknown);
}

TEST_CASE("the tier that a person set last is reported with the reason; set in two ways on one day it is open") {
  GreenCounty county;
  CHECK(county.verdict(county.iron(), "R34").outcome == Outcome::unknown);
  county.tier("supervise", "2020-10-01");
  county.tier("cultivate", "2020-12-01", "示例：已整改");
  const Verdict verdict = county.verdict(county.iron(), "R34");
  CHECK(verdict.outcome == Outcome::not_applicable);  // reported, never passed or failed
  CHECK(has(verdict.reason, "cultivate"));
  CHECK(has(county.verdict(county.iron(), "R34", "2020-11-01").reason, "supervise"));
  county.tier("recommend", "2020-12-01");
  CHECK(county.verdict(county.iron(), "R34").outcome == Outcome::unknown);
}

TEST_CASE("the clauses of DZ/T 0319 are for iron, and say since 2026-10-01 that a successor is not verified") {
  GreenCounty county;
  const Verdict before = county.green("DZT0319-5.4.3", "2026-09-30");
  CHECK(before.outcome == Outcome::unknown);
  CHECK_FALSE(has(before.document, "not verified"));
  const Verdict after = county.green("DZT0319-5.4.3", "2026-10-01");
  CHECK(has(after.document, "not verified"));
  CHECK(after.basis_state == criteria::BasisState::in_force);
  const auto elsewhere = criteria::check(county.store(), green_rules(), {county.mine("3-01"), day("2026-10-01")});
  REQUIRE(elsewhere.ok());
  const auto gold = std::ranges::find(*elsewhere, "DZT0319-5.4.3", &Verdict::rule);
  REQUIRE(gold != elsewhere->end());
  CHECK(gold->outcome == Outcome::not_applicable);
}
