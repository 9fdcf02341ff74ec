#include "app/facts/service_life.h"

#include "tests/support/judged_county/county.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;
using tests::input;

namespace {

constexpr std::int64_t unit = 10'000;       // what stands for 1
constexpr std::int64_t percent = 10'000;    // what stands for 1 %
constexpr std::int64_t tenths_a_year = 10;  // of the result

// By hand, with binary fractions: good to far more than a tenth of a year.
long double slow_years(const ServiceLifeInputs& inputs, std::int64_t amount) {
  const auto of = [](std::int64_t scaled) { return static_cast<long double>(scaled) / unit; };
  return of(amount) * (of(inputs.recovery.number) / 100) /
         (of(inputs.capacity.number) * (1 - of(inputs.dilution.number) / 100));
}

}  // namespace

TEST_CASE("a mine whose reserves last exactly the minimum service life reaches it, a day less does not") {
  County county;
  const Uuid limestone = county.mine("3-03");
  CHECK(county.verdict(limestone, "R26").outcome == Outcome::unknown);
  county.set(limestone, {"recoverable_reserves_10kt", "3700"});
  county.set(limestone, {"design_recovery_percent", "100"});
  // What is not known about dilution can only lengthen it.
  CHECK(county.verdict(limestone, "R26").outcome == Outcome::pass);
  CHECK(input(county.verdict(limestone, "R26"), "service_life") == "≥10");
  county.set(limestone, {"design_dilution_percent", "0"});
  CHECK(county.verdict(limestone, "R26").outcome == Outcome::pass);
  county.set(limestone, {"recoverable_reserves_10kt", "3699.9999"});
  const Verdict below = county.verdict(limestone, "R26");
  CHECK(below.outcome == Outcome::fail);
  CHECK(has(below.reason, "9.9 years"));
  CHECK_FALSE(below.consequence.empty());
}

TEST_CASE("recovery shortens the service life and dilution lengthens it: T = Q·α/(A·(1−β))") {
  County county;
  const Uuid limestone = county.mine("3-03");
  county.set(limestone, {"recoverable_reserves_10kt", "3700"});
  county.set(limestone, {"design_dilution_percent", "5"});
  county.set(limestone, {"design_recovery_percent", "95"});
  CHECK(input(county.verdict(limestone, "R26"), "service_life") == "10");
  CHECK(county.verdict(limestone, "R26").outcome == Outcome::pass);
  county.set(limestone, {"design_recovery_percent", "94.9"});
  CHECK(county.verdict(limestone, "R26").outcome == Outcome::fail);
}

TEST_CASE("with retained resources alone the service life has an upper bound: too little fails, enough stays unknown") {
  County county;
  const Uuid clay = county.mine("3-08");  // 4 (10,000 m³) a year
  county.set(clay, {"retained_resources_10k_m3", "39"});
  // How much waste comes with the ore is not known: even the upper bound is open.
  const Verdict open = county.verdict(clay, "R26");
  CHECK(open.outcome == Outcome::unknown);
  CHECK(has(open.missing.at(0), "upper bound only"));
  county.set(clay, {"design_dilution_percent", "0"});
  CHECK(input(county.verdict(clay, "R26"), "service_life") == "≤9.7");
  CHECK(county.verdict(clay, "R26").outcome == Outcome::fail);
  county.set(clay, {"retained_resources_10k_m3", "400"});
  const Verdict enough = county.verdict(clay, "R26");
  CHECK(enough.outcome == Outcome::unknown);
  CHECK(has(enough.missing.at(0), "designed recoverable reserves"));
}

TEST_CASE("what a return says is left shortens no service life: the plan asks about the design, not about today") {
  County county;
  const Uuid clay = county.mine("3-08");
  county.set(clay, {"design_dilution_percent", "0"});
  const std::string designed = input(county.verdict(clay, "R26", "2025-06-01"), "service_life");
  county.add("annual-return", {{"mine", clay.text()},
                               {"year", "2024"},
                               {"remaining_reserves", "1"},
                               {"remaining_reserves_unit", "10k-m3"},
                               {"filed_on", "2025-01-20"}});
  const Verdict verdict = county.verdict(clay, "R26", "2025-06-01");
  CHECK(verdict.outcome == Outcome::unknown);
  CHECK(input(verdict, "service_life") == designed);
  CHECK_FALSE(has(input(verdict, "service_life"), "0.2"));
}

TEST_CASE("figures that cannot be divided or contradict each other give no service life, and say why") {
  County county;
  const Uuid limestone = county.mine("3-03");
  county.set(limestone, {"recoverable_reserves_10kt", "3700"});
  county.set(limestone, {"design_recovery_percent", "100"});
  county.set(limestone, {"design_dilution_percent", "100"});
  CHECK(has(county.verdict(limestone, "R26").missing.at(0), "divisor is zero"));
  county.set(limestone, {"design_dilution_percent", "0"});
  county.set(limestone, {"retained_resources_10kt", "3000"});
  CHECK(county.verdict(limestone, "R26").outcome == Outcome::unknown);
  CHECK(has(county.verdict(limestone, "R26").missing.at(0), "exceed the retained"));
  county.set(limestone, {"retained_resources_10kt", "11566.82"});
  county.set(limestone, {"capacity_10kt_per_year", "0"});
  const Verdict zero = county.verdict(limestone, "R26");
  CHECK(zero.outcome == Outcome::unknown);
  CHECK(has(zero.missing.at(0), "divisor is zero"));
}

TEST_CASE("table 14 gives no minimum service life for sand, stone and coal") {
  County county;
  CHECK(county.verdict(county.mine("3-04"), "R26").outcome == Outcome::not_applicable);
  CHECK(input(county.verdict(county.mine("3-01"), "R26"), "minimum_service_life") == "10");
  const Uuid lead = county.add("mining-right", {{"name", "lead"}, {"mineral", "lead"}, {"stage", "new"}});
  CHECK(input(county.verdict(lead, "R26"), "minimum_service_life") == "15");
}

TEST_CASE("the service life agrees with a slow one, and what is not known only widens it") {
  tests::SeededRandom random(20211231);
  for (int round = 0; round < 20'000; ++round) {
    ServiceLifeInputs inputs;
    inputs.recoverable = FactValue::of(static_cast<std::int64_t>(random.below(100'000'000'000)) + 1);
    inputs.retained = FactValue::of(inputs.recoverable.number + static_cast<std::int64_t>(random.below(1000)));
    inputs.recovery = FactValue::of(static_cast<std::int64_t>(random.below(100 * percent + 1)));
    inputs.dilution = FactValue::of(static_cast<std::int64_t>(random.below(100 * percent)));
    inputs.capacity = FactValue::of(static_cast<std::int64_t>(random.below(1'000'000'000)) + 1);
    const FactValue known = service_life_of(inputs);
    REQUIRE(known.is_known);
    const long double slow = slow_years(inputs, inputs.recoverable.number) * tenths_a_year;
    const long double margin = 1e-12L * (slow + 1);
    CHECK(static_cast<long double>(*known.low) <= slow + margin);
    CHECK(static_cast<long double>(*known.low + 1) > slow - margin);
    ServiceLifeInputs fewer = inputs;
    for (auto* input : {&fewer.recoverable, &fewer.recovery, &fewer.dilution, &fewer.capacity}) {
      if (random.chance_percent(40)) *input = FactValue();
    }
    const FactValue wider = service_life_of(fewer);
    CHECK(wider.low.value_or(0) <= *known.low);
    if (wider.high) CHECK(*wider.high >= *known.high);
  }
}
