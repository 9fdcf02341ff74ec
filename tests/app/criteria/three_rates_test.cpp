#include "app/criteria/judge.h"
#include "db/base/decimal.h"
#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;

namespace {

struct Given {
  std::string_view fact;
  std::string_view value;  // an option's code, or a decimal
};

// One rule on facts as a return would give them; nothing else is known.
Outcome outcome(std::string_view rule_id, const std::vector<Given>& given) {
  set_language(Language::english);
  const Catalogue& catalogue = tests::catalogue();
  Site site;
  site.kind = records::find_kind("mining-right")->number;
  site.facts.resize(catalogue.facts().definitions().size());
  for (const auto& one : given) {
    const auto* definition = catalogue.facts().find(one.fact);
    REQUIRE_MESSAGE(definition != nullptr, one.fact);
    if (definition->type == FactType::enumeration) {
      const auto* option = definition->enumeration->find(one.value);
      REQUIRE_MESSAGE(option != nullptr, one.value);
      site.facts[definition->index] = FactValue::of(option->number);
    } else if (definition->type == FactType::boolean) {
      site.facts[definition->index] = FactValue::of(one.value == "yes" ? 1 : 0);
    } else {
      const auto number = parse_decimal(one.value, definition->scale);
      REQUIRE(number.ok());
      site.facts[definition->index] = FactValue::of(*number);
    }
  }
  for (const auto* rule : catalogue.rules_on(tests::day("2021-06-01"))) {
    if (rule->id != rule_id) continue;
    const Judgement found = Judge(catalogue, *rule).judge(site);
    set_language(Language::chinese);
    return found.outcome;
  }
  FAIL("no such rule");
  return Outcome::unknown;
}

}  // namespace

TEST_CASE("iron, open pit: 95 % when large, 90 % otherwise; size unknown is decided outside the two") {
  const auto of = [](std::string_view size, std::string_view recovery) {
    std::vector<Given> given = {{"mineral", "iron"},
                                {"operating_state", "producing"},
                                {"mining_method", "open-pit"},
                                {"mining_recovery", recovery}};
    if (!size.empty()) given.push_back({"size_class", size});
    return outcome("R74", given);
  };
  CHECK(of("large", "95") == Outcome::pass);
  CHECK(of("large", "94.9999") == Outcome::fail);
  CHECK(of("medium", "90") == Outcome::pass);
  CHECK(of("small", "89.9999") == Outcome::fail);
  CHECK(of("", "95") == Outcome::pass);
  CHECK(of("", "92") == Outcome::unknown);
  CHECK(of("", "89") == Outcome::fail);
}

TEST_CASE("iron, underground: nine bins by rock and dip, each exactly at its figure") {
  struct Bin {
    std::string_view rock, dip, figure, below;
  };
  constexpr Bin bins[] = {
      {"stable", "gentle", "83", "82.9999"},        {"stable", "inclined", "81", "80.9999"},
      {"stable", "steep", "83", "82.9999"},         {"unstable", "gentle", "79", "78.9999"},
      {"unstable", "inclined", "78", "77.9999"},    {"unstable", "steep", "79", "78.9999"},
      {"very-unstable", "gentle", "77", "76.9999"}, {"very-unstable", "inclined", "75", "74.9999"},
      {"very-unstable", "steep", "77", "76.9999"},
  };
  const auto of = [](const Bin& bin, std::string_view recovery) {
    return outcome("R74", {{"mineral", "iron"},
                           {"operating_state", "producing"},
                           {"mining_method", "underground"},
                           {"rock_stability", bin.rock},
                           {"ore_dip", bin.dip},
                           {"mining_recovery", recovery}});
  };
  for (const auto& bin : bins) {
    CAPTURE(bin.rock);
    CAPTURE(bin.dip);
    CHECK(of(bin, bin.figure) == Outcome::pass);
    CHECK(of(bin, bin.below) == Outcome::fail);
  }
}

TEST_CASE(
    "iron, processing: by kind of ore; hematite between its two figures stays open until the office fills it in") {
  const auto of = [](std::string_view ore, std::string_view recovery, std::string_view required = "") {
    std::vector<Given> given = {
        {"mineral", "iron"}, {"operating_state", "producing"}, {"iron_ore", ore}, {"processing_recovery", recovery}};
    if (!required.empty()) given.push_back({"required_processing_recovery", required});
    return outcome("R75", given);
  };
  CHECK(of("magnetite", "95") == Outcome::pass);
  CHECK(of("magnetite", "94.9") == Outcome::fail);
  CHECK(of("magnetite-fine", "90") == Outcome::pass);
  CHECK(of("magnetite-fine", "89.9") == Outcome::fail);
  CHECK(of("hematite", "75") == Outcome::pass);
  CHECK(of("hematite", "72") == Outcome::unknown);
  CHECK(of("hematite", "72", "70") == Outcome::pass);
  CHECK(of("hematite", "72", "75") == Outcome::fail);
  CHECK(of("hematite", "69.9") == Outcome::fail);
  CHECK(of("other", "60") == Outcome::unknown);
}

TEST_CASE("gold: open pit 90 % with at most 10 % dilution; underground only the outer figures decide") {
  const auto of = [](std::string_view method, std::string_view recovery, std::string_view dilution,
                     std::string_view required = "") {
    std::vector<Given> given = {{"mineral", "gold"},
                                {"operating_state", "producing"},
                                {"mining_method", method},
                                {"mining_recovery", recovery}};
    if (!dilution.empty()) given.push_back({"dilution", dilution});
    if (!required.empty()) given.push_back({"required_mining_recovery", required});
    return outcome("R71", given);
  };
  CHECK(of("open-pit", "90", "10") == Outcome::pass);
  CHECK(of("open-pit", "90", "10.1") == Outcome::fail);
  CHECK(of("open-pit", "89.9", "") == Outcome::fail);
  CHECK(of("open-pit", "90", "") == Outcome::unknown);
  CHECK(of("underground", "85", "") == Outcome::pass);
  CHECK(of("underground", "80", "") == Outcome::unknown);
  CHECK(of("underground", "80", "", "80") == Outcome::pass);
  CHECK(of("underground", "79.9", "", "80") == Outcome::fail);
  CHECK(of("underground", "74.9", "") == Outcome::fail);
}

TEST_CASE("gold: processing and associated minerals, where the bin is not known only the outer figures decide") {
  const auto processing = [](std::string_view recovery) {
    return outcome("R72", {{"mineral", "gold"}, {"operating_state", "producing"}, {"processing_recovery", recovery}});
  };
  CHECK(processing("80") == Outcome::pass);
  CHECK(processing("70") == Outcome::unknown);
  CHECK(processing("49.9") == Outcome::fail);
  const auto use = [](std::string_view has, std::string_view rate) {
    return outcome("R73", {{"mineral", "gold"},
                           {"operating_state", "producing"},
                           {"has_associated_minerals", has},
                           {"comprehensive_use", rate}});
  };
  CHECK(use("yes", "60") == Outcome::pass);
  CHECK(use("yes", "50") == Outcome::unknown);
  CHECK(use("yes", "39.9") == Outcome::fail);
  CHECK(use("no", "0") == Outcome::not_applicable);
}

TEST_CASE("copper: open pit 95 and 92 %; underground between 75 and 92 % stays open") {
  const auto of = [](std::string_view method, std::string_view size, std::string_view recovery) {
    return outcome("R76", {{"mineral", "copper"},
                           {"operating_state", "producing"},
                           {"mining_method", method},
                           {"size_class", size},
                           {"mining_recovery", recovery}});
  };
  CHECK(of("open-pit", "large", "95") == Outcome::pass);
  CHECK(of("open-pit", "large", "94.9") == Outcome::fail);
  CHECK(of("open-pit", "small", "92") == Outcome::pass);
  CHECK(of("open-pit", "medium", "91.9") == Outcome::fail);
  CHECK(of("underground", "large", "92") == Outcome::pass);
  CHECK(of("underground", "large", "80") == Outcome::unknown);
  CHECK(of("underground", "large", "74.9") == Outcome::fail);
}

TEST_CASE("other minerals have no figure here: the office types it in with its source") {
  County county;
  const Uuid limestone = county.mine("3-03");
  const Verdict open = county.verdict(limestone, "R77");
  CHECK(open.outcome == Outcome::unknown);
  CHECK(open.missing.size() == 2);
  CHECK(outcome("R77", {{"mineral", "limestone"},
                        {"operating_state", "producing"},
                        {"mining_recovery", "95"},
                        {"required_mining_recovery", "95"}}) == Outcome::pass);
}

TEST_CASE("three rates name the announcement as their document, and none of them is cited on papers as law in force") {
  County county;
  for (const auto* rule : {"R71", "R72", "R73"}) {
    const Verdict verdict = county.verdict(county.mine("3-01"), rule);
    CHECK(has(verdict.document, "Announcement 29 of 2012"));
    CHECK(has(tests::input(verdict, "successor"), "DZ/T 0462.5"));
    CHECK(verdict.legal_clause.empty());
  }
}
