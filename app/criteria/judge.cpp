#include "app/criteria/judge.h"

#include <algorithm>

#include "db/base/limits.h"

// The order matters: whether a rule applies is asked first, and a rule that does not apply is neither met nor missed;
// then the condition; and only where both leave it open are unknown choices tried, because most places are decided
// without.
namespace kuangxun::criteria {

Judge::Judge(const Catalogue& catalogue, const Rule& rule) : catalogue_(&catalogue), rule_(&rule) {
  const auto collect = [&](const Condition& condition) {
    for (const auto fact : condition.facts) {
      const bool is_choice = catalogue.facts().definitions()[fact].type == facts::FactType::enumeration;
      if (is_choice && std::ranges::find(choices_, fact) == choices_.end()) choices_.push_back(fact);
    }
  };
  for (const auto& part : rule.applies) collect(part.condition);
  collect(rule.condition);
}

bool Judge::concerns(const facts::Site& site) const {
  return std::ranges::find(rule_->kinds, site.kind) != rule_->kinds.end();
}

Judgement Judge::find_once(const facts::FactSet& facts, std::span<const Trial> trials) const {
  Judgement finding;
  finding.rule = rule_;
  finding.applies = true;
  for (const Applicability& part : rule_->applies) {
    const Truth holds = evaluate(part.condition, facts, trials).holds;
    if (holds == Truth(false)) {
      finding.applies = false;
      finding.outcome = Outcome::not_applicable;
      // The mineral or the method is the plainest reason, so it is the one told.
      const bool is_plain =
          part.aspect == Applicability::Aspect::mineral || part.aspect == Applicability::Aspect::method;
      if (finding.failed_part == nullptr || is_plain) finding.failed_part = &part;
    } else if (!holds && finding.applies == Truth(true)) {
      finding.applies = std::nullopt;
    }
  }
  if (finding.applies == Truth(false)) return finding;
  if (!rule_->condition.is_empty()) {
    const Answer answer = evaluate(rule_->condition, facts, trials);
    finding.holds = answer.holds;
    finding.divides_by_zero = !answer.holds && answer.divides_by_zero;
  }
  if (finding.applies && finding.holds) finding.outcome = *finding.holds ? Outcome::pass : Outcome::fail;
  // Of what is only reported all that matters here is whether it applies.
  if (rule_->is_progress_only()) finding.outcome = finding.applies ? Outcome::pass : Outcome::unknown;
  return finding;
}

// Every combination of the unknown choices; nothing when they do not agree.
std::optional<Judgement> Judge::try_choices(const facts::FactSet& facts,
                                            const std::vector<std::size_t>& choices) const {
  std::vector<std::vector<std::int64_t>> options;
  std::size_t combinations = 1;
  for (const auto fact : choices) {
    options.push_back(candidates_of(catalogue_->facts().definitions()[fact], facts[fact]));
    combinations *= options.back().size();
    if (combinations == 0 || combinations > limits::rule_trials_max) return std::nullopt;
  }
  std::vector<Trial> trials;
  for (const auto fact : choices) trials.push_back({fact, 0});
  std::optional<Judgement> agreed;
  for (std::size_t combination = 0; combination < combinations; ++combination) {
    std::size_t rest = combination;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      trials[i].number = options[i][rest % options[i].size()];
      rest /= options[i].size();
    }
    const Judgement finding = find_once(facts, trials);
    const bool is_decided = finding.outcome != Outcome::unknown;
    if (!is_decided || (agreed && agreed->outcome != finding.outcome)) return std::nullopt;
    if (!agreed) agreed = finding;
  }
  if (agreed) agreed->tried = choices;
  return agreed;
}

Judgement Judge::find(const facts::FactSet& facts) const {
  Judgement finding = find_once(facts, {});
  if (finding.outcome != Outcome::unknown) return finding;
  std::vector<std::size_t> choices;
  std::ranges::copy_if(choices_, std::back_inserter(choices), [&](std::size_t fact) { return !facts[fact].is_known; });
  if (choices.empty()) return finding;
  std::optional<Judgement> agreed = try_choices(facts, choices);
  if (!agreed) return finding;
  if (rule_->is_progress_only()) agreed->holds = finding.holds;
  return *agreed;
}

std::vector<std::size_t> Judge::unknown_facts(const facts::FactSet& facts, const Judgement& found) const {
  std::vector<std::size_t> unknown;
  const auto add = [&](std::size_t fact) {
    if (!facts[fact].is_known && std::ranges::find(unknown, fact) == unknown.end()) unknown.push_back(fact);
  };
  const bool is_reported = rule_->is_progress_only() && found.applies == Truth(true);
  if (!is_reported && found.outcome != Outcome::unknown) return unknown;
  if (!found.applies) {
    for (const auto& part : rule_->applies) std::ranges::for_each(part.condition.facts, add);
  }
  if (rule_->is_progress_only()) {
    std::ranges::for_each(rule_->inputs, add);
  } else if (!found.holds) {
    std::ranges::for_each(rule_->condition.facts, add);
  }
  return unknown;
}

Judgement Judge::judge(const facts::Site& site) const {
  Judgement found = find(site.facts);
  found.unknown = unknown_facts(site.facts, found);
  if (rule_->is_progress_only() && found.applies == Truth(true)) {
    found.outcome = found.unknown.empty() ? Outcome::not_applicable : Outcome::unknown;
    found.is_report = true;
  }
  if (!rule_->is_enabled) found.outcome = Outcome::unknown;
  found.uses_example_data = site.is_example || std::ranges::any_of(rule_->inputs, [&](std::size_t fact) {
                              return site.facts[fact].is_example;
                            });
  return found;
}

Judgement Judge::judge_elsewhere(const facts::Site& site) const {
  Judgement found;
  found.rule = rule_;
  found.outcome = Outcome::not_applicable;
  found.applies = false;
  found.is_elsewhere = true;
  found.uses_example_data = site.is_example;
  return found;
}

}  // namespace kuangxun::criteria
