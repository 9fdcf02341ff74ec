#include "app/criteria/judge.h"

#include <algorithm>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/base/text.h"

namespace kuangxun::criteria {

static std::string example_text() {
  return say_text("（含示例数据）", " (with example data)");
}

Judge::Judge(const Catalogue& catalogue, const Rule& rule, Day on) : catalogue_(&catalogue), rule_(&rule), on_(on) {
  begin();
}

bool Judge::concerns(const facts::Site& site) const {
  return std::ranges::find(rule_->kinds, site.kind) != rule_->kinds.end();
}

Judge::Finding Judge::find_once(const facts::FactSet& facts, std::span<const Trial> trials) const {
  Finding finding;
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
  if (has_condition()) {
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
std::optional<Judge::Finding> Judge::try_choices(const facts::FactSet& facts,
                                                 const std::vector<std::size_t>& choices) const {
  std::vector<std::vector<std::int64_t>> options;
  std::size_t combinations = 1;
  for (const auto fact : choices) {
    options.push_back(candidates_of(definition(fact), facts[fact]));
    combinations *= options.back().size();
    if (combinations == 0 || combinations > limits::rule_trials_max) return std::nullopt;
  }
  std::vector<Trial> trials;
  for (const auto fact : choices) trials.push_back({fact, 0});
  std::optional<Finding> agreed;
  for (std::size_t combination = 0; combination < combinations; ++combination) {
    std::size_t rest = combination;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      trials[i].number = options[i][rest % options[i].size()];
      rest /= options[i].size();
    }
    const Finding finding = find_once(facts, trials);
    const bool is_decided = finding.outcome != Outcome::unknown;
    if (!is_decided || (agreed && agreed->outcome != finding.outcome)) return std::nullopt;
    if (!agreed) agreed = finding;
  }
  if (agreed) agreed->tried = choices;
  return agreed;
}

Judge::Finding Judge::find(const facts::Site& site) const {
  const Finding finding = find_once(site.facts, {});
  if (finding.outcome != Outcome::unknown) return finding;
  std::vector<std::size_t> choices;
  const auto collect = [&](const Condition& condition) {
    for (const auto fact : condition.facts) {
      const bool is_choice = definition(fact).type == facts::FactType::enumeration && !site.facts[fact].is_known;
      if (is_choice && std::ranges::find(choices, fact) == choices.end()) choices.push_back(fact);
    }
  };
  for (const auto& part : rule_->applies) collect(part.condition);
  collect(rule_->condition);
  if (choices.empty()) return finding;
  std::optional<Finding> agreed = try_choices(site.facts, choices);
  if (!agreed) return finding;
  if (rule_->is_progress_only()) agreed->holds = finding.holds;
  return *agreed;
}

std::vector<std::size_t> Judge::unknown_facts(const facts::Site& site, const Finding& finding) const {
  std::vector<std::size_t> unknown;
  const auto add = [&](std::size_t fact) {
    if (!site.facts[fact].is_known && std::ranges::find(unknown, fact) == unknown.end()) unknown.push_back(fact);
  };
  const bool is_reported = rule_->is_progress_only() && finding.applies == Truth(true);
  if (!is_reported && finding.outcome != Outcome::unknown) return unknown;
  if (!finding.applies) {
    for (const auto& part : rule_->applies) std::ranges::for_each(part.condition.facts, add);
  }
  if (rule_->is_progress_only()) {
    std::ranges::for_each(rule_->inputs, add);
  } else if (!finding.holds) {
    std::ranges::for_each(rule_->condition.facts, add);
  }
  return unknown;
}

// What the rule rests on.
void Judge::begin() {
  Verdict& verdict = begun_;
  verdict.rule = rule_->id;
  verdict.catalogue = catalogue_->file_of(*rule_).id;
  verdict.title = rule_->title.text();
  verdict.kind = rule_->kind;
  verdict.mark = rule_->mark;
  verdict.is_veto = rule_->is_veto;
  verdict.document = rule_->plan_basis.document.text();
  verdict.section = rule_->plan_basis.clause.text();
  verdict.clause = say_with("{0} {1}", "{0}, {1}", {verdict.document, verdict.section});
  if (!rule_->legal_basis.is_empty() && rule_->legal_basis.mark == Mark::verified) {
    verdict.legal_clause =
        say_with("{0} {1}", "{0}, {1}", {rule_->legal_basis.document.text(), rule_->legal_basis.clause.text()});
  }
  verdict.basis_state = state_of(rule_->plan_basis, on_);
}

// Whose it is; the outcome is still open.
Verdict Judge::begin_verdict(const facts::Site& site) const {
  Verdict verdict = begun_;
  verdict.site = site.id;
  verdict.site_kind = site.kind;
  verdict.site_name = site.name;
  return verdict;
}

Verdict Judge::judge_elsewhere(const facts::Site& site) const {
  std::vector<std::string> kinds;
  for (const auto kind : rule_->kinds) kinds.emplace_back(records::kind_of(kind).label());
  Verdict verdict = begin_verdict(site);
  verdict.outcome = Outcome::not_applicable;
  verdict.reason = say_with("本条针对{0}，这里是{1}", "this rule is for: {0}; here it is: {1}",
                            {join(kinds, say("、", ", ")), records::kind_of(site.kind).label()});
  verdict.uses_example_data = site.is_example;
  if (site.is_example) verdict.reason += example_text();
  return verdict;
}

Verdict Judge::judge(const facts::Site& site) const {
  const Finding finding = find(site);
  const std::vector<std::size_t> unknown = unknown_facts(site, finding);
  Verdict verdict = begin_verdict(site);
  verdict.outcome = finding.outcome;
  if (rule_->is_progress_only() && finding.applies == Truth(true)) {
    verdict.outcome = unknown.empty() ? Outcome::not_applicable : Outcome::unknown;
    verdict.is_report = true;
  }
  if (!rule_->is_enabled) verdict.outcome = Outcome::unknown;
  verdict.uses_example_data = site.is_example || std::ranges::any_of(rule_->inputs, [&](std::size_t fact) {
                                return site.facts[fact].is_example;
                              });
  verdict.reason = reason_of(site, finding, unknown);
  if (verdict.uses_example_data) verdict.reason += example_text();
  if (verdict.outcome == Outcome::unknown) {
    for (const auto fact : unknown) verdict.missing.push_back(missing_text(fact, site.facts[fact]));
    if (!rule_->missing.is_empty()) verdict.missing.emplace_back(rule_->missing.text());
  }
  if (verdict.outcome == Outcome::fail) verdict.consequence = rule_->consequence.text();
  add_inputs(site, verdict);
  return verdict;
}

void Judge::add_inputs(const facts::Site& site, Verdict& verdict) const {
  verdict.inputs.reserve(rule_->inputs.size() + rule_->stated.size());
  for (const auto fact : rule_->inputs) {
    const auto& about = definition(fact);
    verdict.inputs.push_back({about.name, format_fact(about, site.facts[fact]), std::string(about.label()),
                              display_fact(about, site.facts[fact])});
  }
  for (const auto& stated : rule_->stated) {
    const std::string text(stated.text.text());
    verdict.inputs.push_back({stated.name, text, say_text("规划写法", "as stated"), text});
  }
}

}  // namespace kuangxun::criteria
