#include "db/records/kinds.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

TEST_CASE("the sixteen mines against table 14: six reach the minimum, the ten clay mines do not") {
  County county;
  const auto outcome = [&](std::string_view key) { return county.verdict(county.mine(key), "R25").outcome; };
  for (const auto* key : {"3-01", "3-02", "3-03", "3-04", "3-05", "3-06"}) CHECK(outcome(key) == Outcome::pass);
  for (const auto* key : {"3-07", "3-08", "3-09", "3-10", "3-11", "3-12", "3-13", "3-14", "3-15", "3-16"}) {
    CHECK(outcome(key) == Outcome::fail);
  }
  CHECK(input(county.verdict(county.mine("3-01"), "R25"), "size_class") == "large");
  CHECK(input(county.verdict(county.mine("3-03"), "R25"), "size_class") == "large");
  for (const auto* sand : {"3-04", "3-05", "3-06"}) {
    CHECK(input(county.verdict(county.mine(sand), "R25"), "size_class") == "medium");
  }
  CHECK(input(county.verdict(county.mine("3-13"), "R25"), "size_class") == "small");
}

TEST_CASE("an existing clay mine below the minimum gets the plan's consequence, not the rule for new mines") {
  County county;
  const Uuid brickworks = county.mine("3-08");
  const Verdict existing = county.verdict(brickworks, "R27");
  CHECK(existing.outcome == Outcome::fail);
  set_language(Language::chinese);
  CHECK(has(county.verdict(brickworks, "R27").consequence, "限期整改"));
  const Verdict exit = county.verdict(brickworks, "R32");
  CHECK(exit.outcome == Outcome::fail);  // one unmet requirement is enough, though the others are not known
  CHECK(has(exit.consequence, "责令限期整改"));
  CHECK(has(exit.consequence, "退出"));
  CHECK(has(exit.consequence, "建议"));
  set_language(Language::english);
  const Verdict admission = county.verdict(brickworks, "R19");
  CHECK(admission.outcome == Outcome::not_applicable);
  CHECK(has(admission.reason, "the rules on minimum scales and exit"));
  CHECK(admission.consequence.empty());
}

TEST_CASE("a new sand mine of exactly 15 is admitted, of 14.9999 is not") {
  County county;
  const Uuid sand = county.add("mining-right", {{"name", "new sand pit"},
                                                {"mineral", "construction-sand"},
                                                {"stage", "new"},
                                                {"capacity_10k_m3_per_year", "15"}});
  CHECK(county.verdict(sand, "R19").outcome == Outcome::pass);
  county.set(sand, {"capacity_10k_m3_per_year", "14.9999"});
  const Verdict below = county.verdict(sand, "R19");
  CHECK(below.outcome == Outcome::fail);
  CHECK(has(below.reason, "14.9999"));
  CHECK(county.verdict(sand, "R27").outcome == Outcome::not_applicable);
  county.set(sand, {"mineral", "brick-clay"});
  county.set(sand, {"capacity_10k_m3_per_year", "6"});
  CHECK(county.verdict(sand, "R19").outcome == Outcome::pass);
}

TEST_CASE("new iron, copper and gold mines at and below their figures") {
  County county;
  const auto outcome = [&](std::string_view mineral, std::string_view method, std::string_view capacity,
                           std::string_view rule) {
    std::vector<tests::FieldText> fields = {
        {"name", "new"}, {"mineral", mineral}, {"stage", "new"}, {"capacity_10kt_per_year", capacity}};
    if (!method.empty()) fields.push_back({"mining_method", method});
    return county.verdict(county.add("mining-right", fields), rule).outcome;
  };
  CHECK(outcome("iron", "open-pit", "30", "R22") == Outcome::pass);
  CHECK(outcome("iron", "open-pit", "29.9", "R22") == Outcome::fail);
  CHECK(outcome("iron", "underground", "10", "R22") == Outcome::pass);
  CHECK(outcome("iron", "underground", "9.9", "R22") == Outcome::fail);
  CHECK(outcome("iron", "", "20", "R22") == Outcome::unknown);
  CHECK(outcome("iron", "", "9", "R22") == Outcome::fail);  // whichever method
  CHECK(outcome("copper", "", "30", "R23") == Outcome::pass);
  CHECK(outcome("copper", "", "29", "R23") == Outcome::fail);
  CHECK(outcome("gold", "open-pit", "9", "R24") == Outcome::pass);
  CHECK(outcome("gold", "open-pit", "8.9", "R24") == Outcome::fail);
  CHECK(outcome("gold", "underground", "3", "R24") == Outcome::pass);
  CHECK(outcome("coal", "underground", "119", "R21") == Outcome::fail);
  CHECK(outcome("coal", "open-pit", "400", "R21") == Outcome::pass);
  CHECK(outcome("iron", "", "30", "R24") == Outcome::not_applicable);
}

TEST_CASE("minerals to be encouraged and restricted ones") {
  County county;
  CHECK(county.verdict(county.mine("3-01"), "R11").outcome == Outcome::pass);
  CHECK(county.verdict(county.iron(), "R11").outcome == Outcome::not_applicable);
  CHECK(county.verdict(county.mine("3-01"), "R12").outcome == Outcome::not_applicable);
  // Restricted is no ban: it is flagged, and nobody fails by it.
  const Verdict clay = county.verdict(county.mine("3-08"), "R12");
  CHECK(clay.kind == RuleKind::tracking);
  CHECK(clay.outcome == Outcome::not_applicable);
  CHECK(has(clay.reason, "no ban"));
  CHECK(clay.is_report);  // so that lists show it
  CHECK(label_of(clay) == "progress");
  CHECK_FALSE(county.verdict(county.mine("3-01"), "R12").is_report);
  const Uuid tungsten = registers::register_id("exploration-right", "2-10");
  CHECK(has(county.verdict(tungsten, "R12").reason, "strictly controlled"));
}

TEST_CASE("a capacity in the other unit is not converted") {
  County county;
  const Uuid sand = county.add("mining-right", {{"name", "sand in tonnes"},
                                                {"mineral", "construction-sand"},
                                                {"stage", "producing"},
                                                {"capacity_10kt_per_year", "40"}});
  const Verdict minimum = county.verdict(sand, "R25");
  CHECK(minimum.outcome == Outcome::unknown);
  CHECK(has(minimum.missing.at(0), "another unit"));
}

TEST_CASE("two people who disagree about the capacity leave it unknown, and the verdict says why") {
  County county;
  const Uuid brickworks = county.mine("3-08");
  county.set_unseen(brickworks, {"capacity_10k_m3_per_year", "7"});
  const Verdict disputed = county.verdict(brickworks, "R27");
  CHECK(disputed.outcome == Outcome::unknown);
  CHECK(has(disputed.reason, "dispute"));
  CHECK(has(disputed.missing.at(0), "dispute"));
  county.set(brickworks, {"capacity_10k_m3_per_year", "7"});  // settles it: has seen both
  CHECK(county.verdict(brickworks, "R27").outcome == Outcome::pass);
}

TEST_CASE("a dispute that cannot matter does not hide the verdict") {
  County county;
  county.set(county.iron(), {"mining_method", "open-pit"});
  county.set_unseen(county.iron(), {"mining_method", "underground"});
  CHECK(county.verdict(county.iron(), "R27").outcome == Outcome::pass);
  CHECK(county.verdict(county.iron(), "R25-class").outcome == Outcome::unknown);
}

TEST_CASE("the stage of a listed mine follows its operating state until a person records it") {
  County county;
  CHECK(input(county.verdict(county.mine("3-03"), "R40"), "stage") == "producing");
  CHECK(input(county.verdict(county.mine("3-06"), "R40"), "stage") == "extended|producing|closing|abandoned");
  CHECK(county.verdict(county.mine("3-03"), "R37").outcome == Outcome::not_applicable);
  county.set(county.iron(), {"stage", "new"});
  CHECK(county.verdict(county.iron(), "R22").outcome == Outcome::pass);
  CHECK(county.verdict(county.iron(), "R27").outcome == Outcome::not_applicable);
}
