#include "tests/support/judged_county/county.h"

namespace kuangxun::tests {
namespace {

using criteria::Outcome;
using criteria::Verdict;

std::string shown(const Verdict& verdict, std::string_view name) {
  for (const auto& input : verdict.inputs) {
    if (input.name == name) return input.shown;
  }
  return "(no such input)";
}

// The county's three sand pits, as the papers of the years come in.
class Years : public County {
 public:
  Uuid file(std::string_view mine_key, std::string_view year, std::string_view output, std::string_view unit = "10k-m3",
            std::string_view filed_on = "") {
    const std::string id = mine(mine_key).text();
    std::vector<FieldText> fields = {{"mine", id}, {"year", year}, {"output", output}, {"output_unit", unit}};
    if (!filed_on.empty()) fields.push_back({"filed_on", filed_on});
    return add("annual-return", fields);
  }
  void file_sand(std::string_view year, std::string_view first, std::string_view second, std::string_view third) {
    file("3-04", year, first);
    file("3-05", year, second);
    file("3-06", year, third);
  }
  Verdict sand(std::string_view on) { return verdict(county(), "R01", on); }
  std::string limestone() const { return mine("3-03").text(); }
};

}  // namespace

TEST_CASE("a total of outputs is known only when every mine filed; a mine that stands still is no zero") {
  Years county;
  county.file("3-04", "2025", "12.5");
  county.file("3-05", "2025", "14");
  auto verdict = county.sand("2026-05-01");
  CHECK(verdict.outcome == Outcome::unknown);
  CHECK(input(verdict, "annual_output_sand") == "≥26.5");
  CHECK(has(shown(verdict, "annual_output_sand"), "2025: ≥26.5 (10,000 m³) (mines filed: 2 of 3)"));
  CHECK(has(shown(verdict, "annual_output_sand"), "licensed capacity 50, which is no output"));
  REQUIRE(!verdict.missing.empty());
  CHECK(has(verdict.missing[0], "特克斯县和合建材砂石料矿"));
  CHECK(has(verdict.missing[0], "no return is not zero"));
  SUBCASE("somebody files a zero") {
    county.file("3-06", "2025", "0");
    verdict = county.sand("2026-05-01");
    CHECK(input(verdict, "annual_output_sand") == "26.5");
    CHECK(verdict.outcome == Outcome::not_applicable);  // reported, and nothing is missing
    CHECK(has(verdict.reason, "reached by the data at hand"));
  }
  SUBCASE("the bound decides before the last mine files") {
    county.file("3-06", "2025", "0");
    const Uuid first = county.file("3-08", "2025", "41");  // clay: 40 is the target
    static_cast<void>(first);
    const auto clay = county.verdict(county.county(), "R02", "2026-05-01");
    CHECK(input(clay, "annual_output_clay") == "≥41");
    CHECK(has(clay.reason, "not reached"));
  }
  SUBCASE("an example return counts for nothing") {
    const std::string id = county.mine("3-06").text();
    county.add("annual-return",
               {{"mine", id}, {"year", "2025"}, {"output", "1"}, {"output_unit", "10k-m3"}, {"is_example", "true"}});
    CHECK(input(county.sand("2026-05-01"), "annual_output_sand") == "≥26.5");
  }
}

TEST_CASE("by 2025 is about 2025; what came later stands beside it") {
  Years county;
  county.file_sand("2024", "10", "10", "0");
  county.file_sand("2025", "30", "30", "45");
  county.file_sand("2026", "1", "2", "3");
  auto verdict = county.sand("2027-02-01");
  CHECK(input(verdict, "annual_output_sand") == "105");
  CHECK(has(verdict.reason, "not reached"));
  CHECK(has(shown(verdict, "annual_output_sand"), "2025: 105 (10,000 m³) (mines filed: 3 of 3); latest 2026: 6"));
  // In 2025 the year is not over, so that the year before is the newest.
  verdict = county.sand("2025-06-01");
  CHECK(input(verdict, "annual_output_sand") == "20");
  CHECK(has(shown(verdict, "annual_output_sand"), "2024: 20"));
}

TEST_CASE("a return counts from the day it was filed, and without such a day from the end of its year") {
  Years county;
  county.file("3-04", "2025", "1", "10k-m3", "2026-03-31");
  county.file("3-05", "2025", "1");
  county.file("3-06", "2025", "1");
  CHECK(input(county.sand("2025-12-31"), "annual_output_sand") == "unknown");
  CHECK(input(county.sand("2026-01-01"), "annual_output_sand") == "≥2");
  CHECK(input(county.sand("2026-03-30"), "annual_output_sand") == "≥2");
  CHECK(input(county.sand("2026-03-31"), "annual_output_sand") == "3");
}

TEST_CASE("units are converted where they can be, and said where they cannot") {
  Years county;
  county.file("3-04", "2025", "123456.78", "m3");
  county.file("3-05", "2025", "1");
  SUBCASE("cubic metres to ten thousands, exactly") {
    county.file("3-06", "2025", "0");
    CHECK(input(county.sand("2026-05-01"), "annual_output_sand") == "13.345678");
  }
  SUBCASE("tonnes are no cubic metres") {
    county.file("3-06", "2025", "3", "10kt");
    const auto verdict = county.sand("2026-05-01");
    CHECK(input(verdict, "annual_output_sand") == "≥13.345678");
    CHECK(has(verdict.missing[0], "cannot be added"));
  }
}

TEST_CASE("two returns of one mine and year that differ leave the total between them, and a dispute leaves it open") {
  Years county;
  county.file_sand("2025", "10", "10", "0");
  county.file("3-05", "2025", "12");
  auto verdict = county.sand("2026-05-01");
  CHECK(input(verdict, "annual_output_sand") == "20–22");
  CHECK(has(verdict.missing[0], "differ"));
  CHECK(has(verdict.reason, "reached by the data at hand"));
  const Uuid clay = county.file("3-07", "2025", "4");
  county.set(clay, {"output", "5"});
  county.set_unseen(clay, {"output", "6"});
  verdict = county.verdict(county.county(), "R02", "2026-05-01");
  CHECK(has(verdict.missing[0], "in dispute"));
}

TEST_CASE("the two readings of the gold target are both answered, and so are the three wordings of the share") {
  Years county;
  county.file("3-01", "2025", "29.5", "10kt");
  auto verdict = county.verdict(county.county(), "R03", "2026-05-01");
  const std::string gold = shown(verdict, "annual_output_gold");
  CHECK(has(gold, "by \"30 (10,000 t of ore)\": not reached"));
  CHECK(has(gold,
            "by \"30 t\": if that is ore, reached; if it is metal, returns give no metal and it cannot be determined"));
  CHECK(!has(shown(verdict, "annual_output_iron"), "by \""));
  // 9 of 20 is 45 % exactly: at least 45 is reached, over 45 is not.
  county.set(county.iron(), {"mining_method", "underground"});
  for (int i = 0; i < 4; ++i) {
    const std::string name = "extra " + std::to_string(i);
    std::vector<FieldText> fields = {
        {"name", name}, {"mineral", "construction-sand"}, {"capacity_10k_m3_per_year", i < 3 ? "15" : "3"}};
    county.add("mining-right", fields);
  }
  verdict = county.verdict(county.county(), "R05", "2021-01-01");
  CHECK(input(verdict, "large_medium_share") == "45");
  CHECK(has(shown(verdict, "large_medium_share"), "at least 45 %: reached"));
  CHECK(has(shown(verdict, "large_medium_share"), "over 45 %: not reached"));
}

TEST_CASE("a plan is in its term to its last day, and a merged plan that ran out is none") {
  Years county;
  const auto r44 = [&](std::string_view on) { return county.verdict(county.mine("3-03"), "R44", on); };
  CHECK(r44("2025-06-30").outcome == Outcome::unknown);
  county.add("approved-plan", {{"mine", county.limestone()},
                               {"plan_kind", "protection-and-reclamation"},
                               {"approved_on", "2020-07-01"},
                               {"valid_from", "2020-07-01"},
                               {"valid_to", "2025-06-30"}});
  CHECK(input(r44("2025-06-30"), "plan_term_is_over") == "no");
  CHECK(input(r44("2025-07-01"), "plan_term_is_over") == "yes");
  CHECK(county.verdict(county.mine("3-03"), "R45", "2025-07-01").outcome == Outcome::pass);
  CHECK(county.verdict(county.mine("3-03"), "R45", "2020-06-30").outcome == Outcome::unknown);
  county.add("approved-plan", {{"mine", county.limestone()},
                               {"plan_kind", "merged"},
                               {"approved_on", "2025-06-01"},
                               {"valid_from", "2025-07-01"},
                               {"valid_to", "2030-06-30"}});
  CHECK(input(r44("2026-01-01"), "plan_term_is_over") == "no");
  CHECK(input(r44("2026-01-01"), "has_merged_plan") == "yes");
  CHECK(input(r44("2030-07-01"), "plan_term_is_over") == "yes");
  CHECK(input(r44("2030-07-01"), "has_merged_plan") == "unknown");
  CHECK(r44("2030-07-01").outcome == Outcome::unknown);
}

TEST_CASE("a plan in dispute decides nothing") {
  Years county;
  const Uuid plan = county.add("approved-plan", {{"mine", county.limestone()},
                                                 {"plan_kind", "merged"},
                                                 {"approved_on", "2022-01-01"},
                                                 {"valid_to", "2030-06-30"}});
  county.set(plan, {"valid_to", "2024-06-30"});
  county.set_unseen(plan, {"valid_to", "2029-06-30"});
  CHECK(input(county.verdict(county.mine("3-03"), "R44", "2026-01-01"), "plan_term_is_over") == "unknown");
}

TEST_CASE("the fund: the newest entry decides, money in it says that it is there") {
  Years county;
  const auto fund = [&](std::string_view on) {
    return input(county.verdict(county.mine("3-03"), "R42", on), "fund_is_set_up");
  };
  const auto enter = [&](std::string_view dated, FieldText what) {
    return county.add("fund-entry", {{"mine", county.limestone()}, {"dated", dated}, what});
  };
  enter("2023-01-31", {"is_set_up", "false"});
  enter("2023-06-30", {"set_aside_10k_yuan", "0"});
  CHECK(fund("2022-12-31") == "unknown");
  CHECK(fund("2023-12-31") == "no");
  enter("2024-01-31", {"balance_10k_yuan", "12.5"});
  CHECK(fund("2024-01-30") == "no");
  CHECK(fund("2024-01-31") == "yes");
  enter("2024-01-31", {"is_set_up", "false"});
  CHECK(fund("2024-12-31") == "unknown");
}

TEST_CASE("a contract is complete with all five clauses, and a listing holds until its removal") {
  Years county;
  const Uuid contract = county.add("grant-contract", {{"mine", county.limestone()},
                                                      {"signed_on", "2022-03-01"},
                                                      {"states_method", "true"},
                                                      {"states_resource_use", "true"},
                                                      {"states_restoration", "true"},
                                                      {"states_reclamation", "true"}});
  const auto complete = [&] {
    return input(county.verdict(county.mine("3-03"), "R33", "2026-01-01"), "contract_is_complete");
  };
  CHECK(complete() == "unknown");
  county.set(contract, {"states_liability", "false"});
  CHECK(complete() == "no");
  county.set(contract, {"states_liability", "true"});
  CHECK(complete() == "yes");
  const auto listed = [&](std::string_view on) {
    return input(county.verdict(county.mine("3-03"), "R35", on), "is_listed_green");
  };
  CHECK(listed("2026-01-01") == "unknown");
  county.add("green-listing", {{"mine", county.limestone()}, {"level", "county"}, {"listed_on", "2020-01-01"}});
  CHECK(listed("2026-01-01") == "unknown");
  const Uuid region =
      county.add("green-listing", {{"mine", county.limestone()}, {"level", "regional"}, {"listed_on", "2021-01-20"}});
  CHECK(listed("2021-01-19") == "unknown");
  CHECK(listed("2021-01-20") == "yes");
  county.set(region, {"removed_on", "2025-01-10"});
  CHECK(listed("2025-01-09") == "yes");
  CHECK(listed("2025-01-10") == "no");
  county.add("green-listing", {{"mine", county.limestone()}, {"level", "national"}, {"listed_on", "2022-01-01"}});
  CHECK(listed("2025-01-10") == "yes");
}

TEST_CASE("a stage holds from its first day, over the operating state of the register") {
  Years county;
  const auto stage = [&](std::string_view on) {
    return input(county.verdict(county.mine("3-06"), "R40", on), "stage");
  };
  const auto enter = [&](std::string_view code, std::string_view since) {
    return county.add(
        "mine-stage",
        {{"mine", county.mine("3-06").text()}, {"stage", code}, {"since", since}, {"source", "example order"}});
  };
  enter("producing", "2022-01-01");
  enter("closing", "2025-05-01");
  CHECK(stage("2021-12-31") == "extended|producing|closing|abandoned");
  CHECK(stage("2022-01-01") == "producing");
  CHECK(stage("2025-05-01") == "closing");
  enter("abandoned", "2025-05-01");
  CHECK(stage("2025-05-01") == "unknown");
  CHECK(stage("2025-04-30") == "producing");
}

TEST_CASE("a mine abandoned by its stage is no longer among those that are counted") {
  Years county;
  county.add("mine-stage", {{"mine", county.mine("3-06").text()},
                            {"stage", "abandoned"},
                            {"since", "2025-05-01"},
                            {"source", "example order"}});
  CHECK(input(county.verdict(county.county(), "R04", "2025-04-30"), "mines_total") == "16");
  CHECK(input(county.verdict(county.county(), "R04", "2025-05-01"), "mines_total") == "15");
}

TEST_CASE("the recovery rate is that of the newest return that gives one") {
  Years county;
  const std::string sand = county.mine("3-05").text();
  const auto rate = [&](std::string_view on) { return county.verdict(county.mine("3-05"), "R20", on); };
  county.add("annual-return", {{"mine", sand}, {"year", "2023"}, {"mining_recovery_percent", "94.9999"}});
  county.add("annual-return", {{"mine", sand}, {"year", "2024"}, {"mining_recovery_percent", "95"}});
  county.add("annual-return", {{"mine", sand}, {"year", "2025"}, {"output", "3"}});
  CHECK(rate("2024-06-01").outcome == Outcome::fail);
  CHECK(rate("2026-06-01").outcome == Outcome::pass);
  CHECK(has(shown(rate("2026-06-01"), "mining_recovery"), "95 % (return of 2024)"));
  county.add("annual-return", {{"mine", sand}, {"year", "2024"}, {"mining_recovery_percent", "91"}});
  CHECK(rate("2026-06-01").outcome == Outcome::unknown);
}

TEST_CASE("the other rates of a return are facts too") {
  Years county;
  county.add("annual-return", {{"mine", county.mine("3-01").text()},
                               {"year", "2024"},
                               {"processing_recovery_percent", "85.5"},
                               {"comprehensive_use_percent", "61"},
                               {"dilution_percent", "8.25"}});
  bool has_seen_processing = false;
  for (const auto& verdict : county.verdicts("2025-06-01")) {
    if (verdict.site != county.mine("3-01")) continue;
    for (const auto& one : verdict.inputs) {
      if (one.name == "processing_recovery") has_seen_processing = has_seen_processing || one.value == "85.5";
      if (one.name == "comprehensive_use") CHECK(one.value == "61");
      if (one.name == "dilution") CHECK(one.value == "8.25");
    }
  }
  CHECK(has_seen_processing);
}

TEST_CASE("an answer on site and an earlier paper that contradict each other leave the fact open") {
  Years county;
  const auto plan = [&](std::string_view on) { return county.verdict(county.mine("3-03"), "R45", on); };
  const Uuid visit = county.add_visit(county.mine("3-03"), "2024-05-01T02:00:00Z");
  county.answer(visit, "concurrent-restoration", "C01", "no");
  CHECK(plan("2026-01-01").outcome == Outcome::fail);
  const Uuid paper = county.add(
      "approved-plan",
      {{"mine", county.limestone()}, {"plan_kind", "protection-and-reclamation"}, {"approved_on", "2022-01-01"}});
  CHECK(plan("2026-01-01").outcome == Outcome::unknown);
  // One that was approved after the visit tells what came of it.
  county.set(paper, {"approved_on", "2024-08-01"});
  CHECK(plan("2024-06-01").outcome == Outcome::fail);
  CHECK(plan("2026-01-01").outcome == Outcome::pass);
}

TEST_CASE("figures of the county: the last year of the plan decides once it is over, a later one stands beside it") {
  Years county;
  const auto value = [&](std::string_view on) { return county.verdict(county.county(), "R08", on); };
  const auto enter = [&](std::string_view year, std::string_view output) {
    return county.add("county-year",
                      {{"year", year}, {"output_value_10k_yuan", output}, {"source", "example yearbook"}});
  };
  enter("2024", "29999.9999");
  CHECK(input(value("2025-06-01"), "output_value") == "29999.9999");
  CHECK(input(value("2026-06-01"), "output_value") == "unknown");
  enter("2025", "30000");
  enter("2026", "10000");
  const auto verdict = value("2027-06-01");
  CHECK(input(verdict, "output_value") == "30000");
  CHECK(has(verdict.reason, "reached by the data at hand"));
  CHECK(has(shown(verdict, "output_value"), "2025: 30000"));
  CHECK(has(shown(verdict, "output_value"), "latest 2026: 10000"));
  enter("2025", "31000");
  CHECK(input(value("2027-06-01"), "output_value") == "unknown");
}

}  // namespace kuangxun::tests
