#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

// Figures exactly at a threshold, and days exactly at the end of the plan.

namespace {

Uuid new_mine(County& county, std::string_view mineral, std::string_view field, std::string_view capacity,
              std::string_view method = "") {
  std::vector<tests::FieldText> fields = {{"name", "new"}, {"mineral", mineral}, {"stage", "new"}, {field, capacity}};
  if (!method.empty()) fields.push_back({"mining_method", method});
  return county.add("mining-right", fields);
}

}  // namespace

TEST_CASE("the two sand mines of exactly 15 reach the minimum and are medium-sized") {
  County county;
  for (const auto* key : {"3-04", "3-05"}) {
    const Verdict scale = county.verdict(county.mine(key), "R27");
    CHECK(scale.outcome == Outcome::pass);
    CHECK(input(scale, "capacity") == "15");
    CHECK(input(county.verdict(county.mine(key), "R25-class"), "size_class") == "medium");
  }
  const Uuid below = new_mine(county, "construction-sand", "capacity_10k_m3_per_year", "14.9999");
  CHECK(county.verdict(below, "R19").outcome == Outcome::fail);
  CHECK(input(county.verdict(below, "R25-class"), "size_class") == "small");
}

TEST_CASE("a clay mine of exactly 6 is admitted") {
  County county;
  CHECK(county.verdict(new_mine(county, "brick-clay", "capacity_10k_m3_per_year", "6"), "R19").outcome ==
        Outcome::pass);
  CHECK(county.verdict(new_mine(county, "brick-clay", "capacity_10k_m3_per_year", "5.9999"), "R19").outcome ==
        Outcome::fail);
  county.set(county.mine("3-08"), {"capacity_10k_m3_per_year", "6"});
  CHECK(county.verdict(county.mine("3-08"), "R27").outcome == Outcome::pass);
}

TEST_CASE("the iron mine of exactly 30 reaches the minimum, even as an open pit") {
  County county;
  county.set(county.iron(), {"mining_method", "open-pit"});
  CHECK(county.verdict(county.iron(), "R27").outcome == Outcome::pass);
  CHECK(input(county.verdict(county.iron(), "R27"), "minimum_open_pit") == "30");
  CHECK(county.verdict(new_mine(county, "iron", "capacity_10kt_per_year", "30", "open-pit"), "R22").outcome ==
        Outcome::pass);
  CHECK(county.verdict(new_mine(county, "iron", "capacity_10kt_per_year", "29.9999", "open-pit"), "R22").outcome ==
        Outcome::fail);
}

TEST_CASE("300 and 100 t of rock gold a day are 9 and 3 (10,000 t) over 300 days, as in table 14") {
  County county;
  for (const auto& [method, daily, minimum] :
       {std::tuple{"open-pit", 300, "minimum_open_pit"}, std::tuple{"underground", 100, "minimum_underground"}}) {
    const std::string yearly = std::to_string(daily * 300 / 10'000);
    const Uuid exact = new_mine(county, "gold", "capacity_10kt_per_year", yearly, method);
    CHECK(county.verdict(exact, "R24").outcome == Outcome::pass);
    CHECK(county.verdict(exact, "R25").outcome == Outcome::pass);
    CHECK(input(county.verdict(exact, "R25"), minimum) == yearly);
    const std::string less = std::to_string(daily * 300 / 10'000 - 1) + ".9999";
    const Uuid below = new_mine(county, "gold", "capacity_10kt_per_year", less, method);
    CHECK(county.verdict(below, "R24").outcome == Outcome::fail);
    CHECK(county.verdict(below, "R25").outcome == Outcome::fail);
  }
}

TEST_CASE("a mine that stands still has no output: what only shows in production is not asked of it") {
  County county;
  const Uuid suspended = county.mine("3-06");
  const Verdict recovery = county.verdict(suspended, "R20");
  CHECK(recovery.outcome == Outcome::not_applicable);
  CHECK(has(recovery.reason, "no output"));
  CHECK(county.verdict(suspended, "R27").outcome == Outcome::pass);  // its scale is licensed all the same
  CHECK(county.verdict(county.mine("3-04"), "R20").outcome == Outcome::unknown);
}

TEST_CASE("a mine about to begin is an existing right without output: its scale counts, the three rates do not yet") {
  County county;
  const Uuid gold = county.mine("3-01");
  CHECK(county.verdict(gold, "R71").outcome == Outcome::not_applicable);
  CHECK(county.verdict(gold, "R72").outcome == Outcome::not_applicable);
  CHECK(has(county.verdict(gold, "R71").reason, "no output"));
  CHECK(county.verdict(gold, "R27").outcome == Outcome::pass);
  CHECK(county.verdict(gold, "R24").outcome == Outcome::not_applicable);  // new mines only
  CHECK(county.verdict(county.iron(), "R74").outcome == Outcome::not_applicable);
}

TEST_CASE("the plan is in force on its last day, 2025-12-31, and expired on 2026-01-01") {
  County county;
  CHECK(county.verdict(county.mine("3-08"), "R27", "2025-12-31").basis_state == BasisState::in_force);
  const Verdict after = county.verdict(county.mine("3-08"), "R27", "2026-01-01");
  CHECK(after.basis_state == BasisState::expired);
  CHECK(after.outcome == Outcome::fail);  // still computed
  CHECK(county.verdict(county.mine("3-08"), "R27", "2020-12-31").basis_state == BasisState::future);
}

TEST_CASE("exactly 45 % of large and medium mines is reached; below it is not") {
  // 9 of 20: the smallest count that is exactly 45 %.
  County county;
  county.set(county.iron(), {"mining_method", "underground"});  // 6 of 16
  const auto add = [&](std::string_view capacity) {
    county.add("mining-right", {{"name", "more"},
                                {"mineral", "construction-sand"},
                                {"stage", "producing"},
                                {"capacity_10k_m3_per_year", capacity}});
  };
  for (int i = 0; i < 3; ++i) add("15");
  CHECK(input(county.verdict(county.county(), "R05"), "large_medium_share") == "47.3684");
  add("14");
  const Verdict exact = county.verdict(county.county(), "R05");
  CHECK(input(exact, "large_medium_share") == "45");
  CHECK(has(exact.reason, "reached by the data"));
  add("14");
  CHECK(has(county.verdict(county.county(), "R05").reason, "not reached"));
}

TEST_CASE("exactly 16 mines are within the plan, 17 are not") {
  County county;
  const Verdict within = county.verdict(county.county(), "R04");
  CHECK(within.outcome == Outcome::pass);
  CHECK(input(within, "mines_total") == "16");
  county.add("mining-right", {{"name", "one more"}, {"stage", "producing"}});
  CHECK(county.verdict(county.county(), "R04").outcome == Outcome::fail);
}

TEST_CASE("a recovery of exactly 95 % in sand and clay is enough, measured or designed") {
  County county;
  const Uuid sand = new_mine(county, "construction-sand", "capacity_10k_m3_per_year", "15");
  CHECK(county.verdict(sand, "R70").outcome == Outcome::unknown);
  county.set(sand, {"design_recovery_percent", "95"});
  CHECK(county.verdict(sand, "R70").outcome == Outcome::pass);
  county.set(sand, {"design_recovery_percent", "94.9999"});
  CHECK(county.verdict(sand, "R70").outcome == Outcome::fail);
  CHECK(county.verdict(county.mine("3-04"), "R70").outcome == Outcome::not_applicable);
}
