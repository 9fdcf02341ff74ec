#include "app/criteria/words.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"

// Words are made here and nowhere else, so that a verdict can be kept, counted and compared without any language, and
// so that the thousands that nobody looks at cost nothing.
namespace kuangxun::criteria {
namespace {

using facts::Site;

std::string comma() {
  return say_text(", ");
}

std::string example_text() {
  return say_text(" (with example data)");
}

}  // namespace

RuleWords::RuleWords(const Catalogue& catalogue, const Rule& rule, Day on) : catalogue_(&catalogue), rule_(&rule) {
  Verdict& verdict = verdict_;
  verdict.rule = rule_->id;
  verdict.catalogue = catalogue.file_of(*rule_).id;
  verdict.title = rule_->title.text();
  verdict.kind = rule_->kind;
  verdict.mark = rule_->mark;
  verdict.is_veto = rule_->is_veto;
  verdict.document = rule_->plan_basis.document.text();
  verdict.section = rule_->plan_basis.clause.text();
  verdict.clause = say_with("{0}, {1}", {verdict.document, verdict.section});
  if (!rule_->legal_basis.is_empty() && rule_->legal_basis.mark == Mark::verified) {
    verdict.legal_clause = say_with("{0}, {1}", {rule_->legal_basis.document.text(), rule_->legal_basis.clause.text()});
  }
  verdict.basis_state = state_of(rule_->plan_basis, on);
  for (const auto& stated : rule_->stated) {
    const std::string text(stated.text.text());
    stated_.push_back(
        std::make_shared<const Input>(Input{stated.name, text, say_text(in_context("criteria", "as stated")), text}));
  }
  // The catalogue lets a condition and a wording name nothing else.
  spoken_of_ = rule.inputs;
  for (const auto& part : rule.applies) {
    for (const auto fact : part.condition.facts) {
      if (std::ranges::find(spoken_of_, fact) == spoken_of_.end()) spoken_of_.push_back(fact);
    }
  }
}

bool RuleWords::is_as_before(const Judgement& found, const Site& site) const {
  if (found != found_before_ || verdict_.site_kind != site.kind) return false;
  for (std::size_t i = 0; i < spoken_of_.size(); ++i) {
    if (site.facts[spoken_of_[i]] != facts_before_[i]) return false;
  }
  return true;
}

const Verdict& RuleWords::of(const Judgement& found, const Site& site) {
  if (!is_as_before(found, site)) say_again(found, site);
  verdict_.site = site.id;
  verdict_.site_name = site.name;
  return verdict_;
}

void RuleWords::say_again(const Judgement& found, const Site& site) {
  verdict_.site_kind = site.kind;
  verdict_.outcome = found.outcome;
  verdict_.is_report = found.is_report;
  verdict_.uses_example_data = found.uses_example_data;
  verdict_.reason = found.is_elsewhere ? reason_elsewhere(site) : reason_of(found, site);
  if (found.uses_example_data) verdict_.reason += example_text();
  verdict_.missing.clear();
  verdict_.beside_missing.clear();
  if (found.outcome == Outcome::unknown) {
    for (const auto fact : found.unknown) verdict_.missing.push_back(missing_text(fact, site.facts[fact]));
    if (!rule_->missing.is_empty()) verdict_.missing.emplace_back(rule_->missing.text());
    // A report's reason tells the progress first, and a rule that is switched off says why.
    const bool is_said_by_missing = !found.is_report && !found.unknown.empty() && !found.divides_by_zero &&
                                    rule_->is_enabled && !found.is_elsewhere;
    verdict_.beside_missing = is_said_by_missing ? doubts_of(found, site.facts) : verdict_.reason;
  }
  verdict_.consequence = found.outcome == Outcome::fail ? rule_->consequence.text() : std::string_view();
  verdict_.inputs = found.is_elsewhere ? Inputs() : inputs_of(site);
  found_before_ = found;
  facts_before_.clear();
  for (const auto fact : spoken_of_) facts_before_.push_back(site.facts[fact]);
}

std::string RuleWords::reason_elsewhere(const Site& site) const {
  std::vector<std::string> kinds;
  for (const auto kind : rule_->kinds) kinds.emplace_back(records::kind_of(kind).label());
  return say_with("this rule is for: {0}; here it is: {1}",
                  {join(kinds, say(", ")), records::kind_of(site.kind).label()});
}

// {fact} becomes what people see of it.
std::string RuleWords::filled(const Bilingual& pattern, const Site& site) const {
  const std::string_view text = pattern.text();
  std::string result;
  std::size_t at = 0;
  while (true) {
    const auto open = text.find('{', at);
    const auto close = text.find('}', std::min(open, text.size()));
    if (close == std::string_view::npos) break;
    result += text.substr(at, open - at);
    // Names in braces were checked when the catalogue was read.
    const auto* fact = catalogue_->facts().find(text.substr(open + 1, close - open - 1));
    if (fact != nullptr) result += display_fact(*fact, site.facts[fact->index]);
    at = close + 1;
  }
  result += text.substr(at);
  return result;
}

// "capacity 15, mineral gold": the facts of the condition that are known.
std::string RuleWords::listed_facts(const Site& site) const {
  std::vector<std::string> parts;
  for (const auto fact : rule_->condition.facts) {
    if (!site.facts[fact].is_known) continue;
    parts.push_back(std::string(definition(fact).label()) + " " + display_fact(definition(fact), site.facts[fact]));
  }
  return join(parts, comma());
}

std::string RuleWords::missing_text(std::size_t fact, const facts::FactValue& value) const {
  const auto& about = definition(fact);
  std::string text = about.question();
  if (!value.note.empty()) text += say_text(" (") + value.note + say_text(")");
  if (!about.hint().empty()) text += say_text(": ") + std::string(about.hint());
  return text;
}

std::string RuleWords::reason_not_applicable(const Judgement& found, const Site& site) const {
  using Aspect = Applicability::Aspect;
  const auto* part = found.failed_part;
  const bool is_own = part == nullptr || part->aspect == Aspect::stage || part->aspect == Aspect::other;
  if (is_own && !rule_->when_not_applicable.is_empty()) return filled(rule_->when_not_applicable, site);
  if (part == nullptr || part->aspect == Aspect::other) {
    return say_text("outside what this rule applies to");
  }
  const auto& about = definition(part->condition.facts.front());
  std::vector<std::string> options;
  for (const auto& code : part->codes) {
    const auto* option = about.enumeration->find(code);
    options.emplace_back(option == nullptr ? code : std::string(either(option->chinese, option->english)));
  }
  return say_with("this rule is only for {0}: {1}; here it is: {2}",
                  {about.label(), join(options, comma()), display_fact(about, site.facts[about.index])});
}

std::string RuleWords::progress_of(const Judgement& found, const Site& site) const {
  std::string text = say_text("Progress: ") + filled(rule_->progress, site);
  if (!rule_->condition.is_empty()) {
    text += !found.holds   ? say_text("; whether it is reached cannot be determined")
            : *found.holds ? say_text("; reached by the data at hand")
                           : say_text("; not reached by the data at hand");
  }
  return text;
}

std::string RuleWords::reason_of(const Judgement& found, const Site& site) const {
  if (!rule_->is_enabled) {
    return say_text("this rule is switched off: its threshold is not verified; the office fills it in first");
  }
  std::string whichever;
  if (!found.tried.empty()) {
    std::vector<std::string> labels;
    for (const auto fact : found.tried) labels.emplace_back(definition(fact).label());
    whichever = say_with(" (whichever {0}, the result is the same)", {join(labels, say(" and "))});
  }
  if (found.is_report) return progress_of(found, site) + whichever;
  if (found.outcome == Outcome::not_applicable) return reason_not_applicable(found, site) + whichever;
  if (found.outcome == Outcome::pass) {
    const std::string text =
        rule_->when_passed.is_empty() ? say_with("met: {0}", {listed_facts(site)}) : filled(rule_->when_passed, site);
    return text + whichever;
  }
  if (found.outcome == Outcome::fail) {
    const std::string text = rule_->when_failed.is_empty() ? say_with("not met: {0}", {listed_facts(site)})
                                                           : filled(rule_->when_failed, site);
    return text + whichever;
  }
  return reason_unknown(found, site.facts);
}

std::string RuleWords::reason_unknown(const Judgement& found, const facts::FactSet& facts) const {
  if (found.divides_by_zero) {
    return say_text("cannot be determined: the divisor is zero, there is no ratio");
  }
  std::vector<std::string> labels;
  for (const auto fact : found.unknown) labels.push_back(definition(fact).question());
  std::string text = labels.empty() ? say_text("cannot be determined: the plan gives a principle, no figure")
                                    : say_with("cannot be determined, not known: {0}", {join(labels, say("; "))});
  const std::string doubts = doubts_of(found, facts);
  return doubts.empty() ? text : text + say_text("; ") + doubts;
}

// What else keeps it from being determined.
std::string RuleWords::doubts_of(const Judgement& found, const facts::FactSet& facts) const {
  std::vector<std::string> disputed;
  for (const auto fact : found.unknown) {
    if (facts[fact].is_disputed) disputed.emplace_back(definition(fact).label());
  }
  std::string text;
  if (!disputed.empty()) text = say_with("open dispute on {0}", {join(disputed, comma())});
  if (!found.applies) text += (text.empty() ? "" : say_text("; ")) + say_text("whether the rule applies is open too");
  return text;
}

Inputs RuleWords::inputs_of(const Site& site) const {
  Inputs inputs;
  inputs.reserve(rule_->inputs.size() + stated_.size());
  for (const auto fact : rule_->inputs) {
    const auto& about = definition(fact);
    const auto& value = site.facts[fact];
    inputs.add(std::make_shared<const Input>(
        Input{about.name, format_fact(about, value), std::string(about.label()), display_fact(about, value)}));
  }
  for (const auto& stated : stated_) inputs.add(stated);
  return inputs;
}

}  // namespace kuangxun::criteria
