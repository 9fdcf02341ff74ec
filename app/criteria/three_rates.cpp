#include "app/criteria/three_rates.h"

#include <algorithm>
#include <array>

#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

namespace kuangxun::criteria {
namespace {

constexpr std::array<std::string_view, 6> rules_on_rates = {"R71", "R72", "R73", "R74", "R75", "R76"};
constexpr std::array<std::string_view, 3> minerals = {"gold", "iron", "copper"};
// Those that together speak of all three rates.
constexpr std::array<std::string_view, 3> complete_rules = {"R71", "R72", "R73"};

std::string told(const Verdict& verdict) {
  return say_with("{0} {1}: {2}; by {3}", {verdict.rule, verdict.title, verdict.reason, verdict.clause});
}

}  // namespace

struct ThreeRates::Found {
  std::vector<Verdict> failed;
  std::vector<Verdict> passed;
  std::size_t settled = 0;  // of the complete ones: passed, or does not apply to a mine that produces
  std::size_t applying = 0;
};

ThreeRates::ThreeRates(const Catalogue& catalogue, Day on) {
  const facts::FactDefinition* fact = catalogue.facts().find("three_rates_met");
  if (fact == nullptr) return;
  fact_ = fact->index;
  if (const facts::FactDefinition* mineral = catalogue.facts().find("mineral")) mineral_ = mineral->index;
  if (const facts::FactDefinition* other = catalogue.facts().find("has_associated_minerals"))
    associated_ = other->index;
  for (const auto* rule : catalogue.rules_on(on)) {
    const bool is_one = std::ranges::find(rules_on_rates, rule->id) != rules_on_rates.end();
    const bool is_usable = rule->is_enabled && rule->mark == Mark::verified &&
                           state_of(rule->plan_basis, on) == BasisState::in_force &&
                           std::ranges::find(rule->inputs, fact->index) == rule->inputs.end();
    if (!is_one || !is_usable) continue;
    rules_.push_back({Judge(catalogue, *rule), RuleWords(catalogue, *rule, on)});
  }
}

ThreeRates::Found ThreeRates::find(const facts::Site& site) {
  Found found;
  // Without such minerals there is no rate to ask for, so that nobody need know it where the rate is reached anyway.
  facts::Site with = site;
  if (associated_ && !with.facts[*associated_].is_known && !with.facts[*associated_].is_disputed) {
    with.facts[*associated_] = facts::FactValue::of(1);
  }
  for (auto& [judge, words] : rules_) {
    const Judgement judged = judge.judge(with);
    const bool is_complete_one = std::ranges::find(complete_rules, judge.rule().id) != complete_rules.end();
    const bool is_settled = judged.outcome == Outcome::pass || judged.outcome == Outcome::not_applicable;
    if (is_complete_one && is_settled) ++found.settled;
    if (judged.outcome != Outcome::not_applicable) ++found.applying;
    if (judged.outcome == Outcome::pass) found.passed.push_back(words.of(judged, with));
    if (judged.outcome == Outcome::fail) found.failed.push_back(words.of(judged, with));
  }
  return found;
}

// Of the other minerals there are no rules: most mines need not be asked.
bool ThreeRates::is_spoken_of(const facts::Site& site) const {
  if (!fact_ || !mineral_ || site.kind != records::kinds::mining_right) return false;
  const facts::FactValue& mineral = site.facts[*mineral_];
  const auto* option = records::mineral_enumeration.find(mineral.number);
  return mineral.is_known && option != nullptr && std::ranges::find(minerals, option->code) != minerals.end();
}

void ThreeRates::settle(facts::Site& site) {
  if (!is_spoken_of(site)) return;
  const Found found = find(site);
  if (found.applying == 0) return;
  facts::FactValue derived;
  std::vector<std::string> words;
  const auto is_passed = [&](std::string_view rule) {
    return std::ranges::find(found.passed, rule, &Verdict::rule) != found.passed.end();
  };
  // Recovery and processing must be there; minerals that come with the ore may be none.
  const bool is_met = found.settled == complete_rules.size() && is_passed("R71") && is_passed("R72");
  const bool is_missed = !found.failed.empty();
  if (is_missed) {
    derived = facts::FactValue::of(0);
  } else if (is_met) {
    derived = facts::FactValue::of(1);
  } else if (!found.passed.empty()) {
    derived.note = say_text(
        "the rates that are given reach their figures; for the others there is no return or no "
        "verified figure");
  }
  for (const Verdict& verdict : is_missed ? found.failed : found.passed) {
    words.push_back(told(verdict));
    derived.is_example = derived.is_example || verdict.uses_example_data;
  }
  if (derived.is_known) {
    derived.note = join(words, say("; "));
    derived.shown =
        (derived.number != 0 ? say_text("yes") : say_text("no")) + say_text(" (") + derived.note + say_text(")");
  }
  facts::FactValue& stands = site.facts[*fact_];
  if (stands.is_disputed) return;
  if (!stands.is_known) {
    if (derived.is_known || !derived.note.empty()) stands = std::move(derived);
  } else if (derived.is_known && derived.number != stands.number) {
    stands = facts::FactValue::unknown(
        say_with("the answer on site and the rates of the return contradict each other: {0}", {derived.note}));
  }
}

}  // namespace kuangxun::criteria
