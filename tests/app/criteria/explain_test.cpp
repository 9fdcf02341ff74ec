#include "app/criteria/explain.h"
#include "app/criteria/condition_words.h"
#include "tests/app/criteria/small_catalogue.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::has;

namespace {

std::string in_words(const std::string& text) {
  const auto table = CsvTable::parse(tests::facts_csv, "facts.csv");
  REQUIRE(table.ok());
  const auto facts = FactDictionary::parse(*table);
  REQUIRE(facts.ok());
  const auto compiled = compile_condition(text, *facts);
  REQUIRE_MESSAGE(compiled.errors.empty(), text);
  return condition_in_words(compiled.condition, *facts);
}

Explanation explained(tests::County& county, const std::string& rule, std::optional<Uuid> site,
                      std::string_view on = "2021-01-01") {
  auto explanation = explain(county.store(), tests::catalogue(), {rule, site, tests::day(on)});
  REQUIRE_MESSAGE(explanation.ok(), explanation.error().message());
  return std::move(explanation).value();
}

}  // namespace

TEST_CASE("a condition is told in words, with the unit of what it is compared with") {
  set_language(Language::chinese);
  CHECK(in_words("capacity_t >= 30") == "规模 ≥ 30 万吨/年");
  CHECK(in_words("30 <= capacity_t") == "30 万吨/年 ≤ 规模");
  CHECK(in_words("mineral IN ('gold', 'iron')") == "矿种 为 金矿、铁矿");
  CHECK(in_words("mineral <> 'gold' AND has_plan") == "矿种 不是 金矿，并且 方案");
  CHECK(in_words("has_plan AND (life >= 3 OR NOT has_plan)") == "方案，并且 （年限 ≥ 3，或者 不是“方案”）");
  CHECK(in_words("at_most(output, 100)") == "产量 ≤ 100");
  CHECK(in_words("ratio_at_least(reserves_t, capacity_t, life)") == "储量 ÷ 规模 ≥ 年限");
  CHECK(in_words("if_then(mining_method = 'underground', capacity_t >= 10, capacity_t >= 30)") ==
        "若 开采方式 为 地下开采，则 规模 ≥ 10 万吨/年，否则 规模 ≥ 30 万吨/年");
  CHECK(in_words("").empty());
  set_language(Language::english);
  CHECK(in_words("capacity_t BETWEEN 2 AND 3") == "capacity is from 2 to 3");
  CHECK(in_words("granted_on >= '2017-01-01'") == "granted ≥ 2017-01-01");
  set_language(Language::chinese);
}

TEST_CASE("every shipped rule can be explained, in both languages, at every kind of place it is for") {
  tests::County county;
  for (const auto language : {Language::chinese, Language::english}) {
    set_language(language);
    for (const auto* rule : tests::catalogue().rules_on(tests::day("2021-01-01"))) {
      CAPTURE(rule->id);
      const auto bare = explained(county, rule->id, std::nullopt);
      CHECK(bare.condition.empty() == rule->condition.is_empty());
      CHECK_FALSE(bare.verdict.has_value());
      const auto there = explained(county, rule->id, county.iron());
      REQUIRE(there.verdict.has_value());
      CHECK(there.verdict->rule == rule->id);
      const auto lines = lines_of(there);
      CHECK(lines.size() >= 5);
      for (const auto& line : lines) CHECK_FALSE(line.text.empty());
    }
  }
}

TEST_CASE("an explanation says what one missing fact would decide, and both ways") {
  tests::County county;
  set_language(Language::english);
  for (const auto* rule : tests::catalogue().rules_on(tests::day("2021-01-01"))) {
    if (rule->inputs.size() != 1 || rule->is_progress_only() || rule->condition.is_empty()) continue;
    const auto& fact = tests::catalogue().facts().definitions()[rule->inputs[0]];
    if (fact.type != FactType::boolean) continue;
    const auto there = explained(county, rule->id, county.iron());
    if (there.verdict->outcome != Outcome::unknown) continue;
    CAPTURE(rule->id);
    REQUIRE(there.deciders.size() == 1);
    CHECK(there.deciders[0].decides);
    CHECK(there.deciders[0].outcomes.size() == 2);
    CHECK(there.inputs[0].hint == fact.hint_english);
    // What it promised comes true.
    CHECK(there.deciders[0].outcomes[0].outcome != there.deciders[0].outcomes[1].outcome);
  }
}

TEST_CASE("an explanation names the basis, its dates and how it stands on the day") {
  tests::County county;
  set_language(Language::english);
  const auto in_force = explained(county, "r04", county.county(), "2025-12-31");
  CHECK(in_force.rule->id == "R04");
  CHECK(in_force.basis_state == BasisState::in_force);
  CHECK(in_force.verdict->outcome == Outcome::pass);
  CHECK(explained(county, "R04", county.county(), "2026-01-01").basis_state == BasisState::expired);
  std::string all;
  for (const auto& line : lines_of(in_force)) all += line.heading + ": " + line.text + "\n";
  CHECK(has(all, "2021-01-01 to 2025-12-31"));
  CHECK(has(all, "mining rights: 16"));
  CHECK(has(all, "mining rights ≤ 16"));
  const auto unheard = explain(county.store(), tests::catalogue(), {"R999", std::nullopt, tests::day("2021-01-01")});
  REQUIRE_FALSE(unheard.ok());
  CHECK(unheard.error().code() == ErrorCode::not_found);
}
