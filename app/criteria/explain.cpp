#include "app/criteria/explain.h"

#include <algorithm>

#include "app/criteria/condition_words.h"
#include "app/criteria/three_rates.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

ExplainedInput input_of(const facts::FactDefinition& fact, const facts::FactValue* value) {
  ExplainedInput input;
  input.name = fact.name;
  input.label = fact.label();
  input.type = name_of(fact.type);
  input.unit = either_text(fact.unit_chinese, fact.unit_english);
  input.hint = fact.hint();
  if (value == nullptr) return input;
  input.value = format_fact(fact, *value);
  input.shown = display_fact(fact, *value);
  input.source = value->note;
  if (input.source.empty() && value->is_known) input.source = say_text("the registers");
  input.is_known = value->is_known;
  input.is_disputed = value->is_disputed;
  input.is_example = value->is_example;
  return input;
}

// Values on both sides of every limit, or every choice; few enough to be read.
std::vector<facts::FactValue> values_to_try(const facts::FactDefinition& fact, const facts::FactValue& held,
                                            const Rule& rule) {
  std::vector<facts::FactValue> values;
  if (fact.type == facts::FactType::boolean) return {facts::FactValue::of(1), facts::FactValue::of(0)};
  if (fact.type == facts::FactType::enumeration) {
    for (const auto option : candidates_of(fact, held)) values.push_back(facts::FactValue::of(option));
    return values;
  }
  if (fact.type == facts::FactType::text) return values;
  std::vector<std::int64_t> limits = limits_of(rule.condition, fact);
  for (const auto& part : rule.applies) std::ranges::copy(limits_of(part.condition, fact), std::back_inserter(limits));
  for (const auto limit : limits) {
    for (const std::int64_t number : {limit - 1, limit, limit + 1}) {
      if (held.low && number < *held.low) continue;
      if (held.high && number > *held.high) continue;
      values.push_back(fact.type == facts::FactType::range ? facts::FactValue::between(number, number)
                                                           : facts::FactValue::of(number));
    }
  }
  return values;
}

Decider decider_of(const Judge& judge, facts::Site site, const facts::FactDefinition& fact) {
  Decider decider{fact.name, std::string(fact.label()), std::string(fact.hint()), {}, false};
  const facts::FactValue held = site.facts[fact.index];
  for (auto& value : values_to_try(fact, held, judge.rule())) {
    value.unit_shown = held.unit_shown;
    const std::string number = format_fact(fact, value);
    const std::string shown = display_fact(fact, value);
    site.facts[fact.index] = std::move(value);
    const Judgement found = judge.judge(site);
    decider.outcomes.push_back({number, shown, found.outcome});
    decider.decides = decider.decides || found.outcome != Outcome::unknown;
  }
  return decider;
}

Status add_place(Explanation& explanation, history::RecordReader& store, const Catalogue& catalogue,
                 const ExplainOptions& options) {
  KX_TRY(sites, facts::build_sites(store, catalogue.asked(), options.on, options.site));
  const Judge judge(catalogue, *explanation.rule);
  RuleWords words(catalogue, *explanation.rule, options.on);
  facts::Site& site = sites.front();
  ThreeRates(catalogue, options.on).settle(site);
  if (!judge.concerns(site)) {
    explanation.verdict = words.of(judge.judge_elsewhere(site), site);
    return {};
  }
  explanation.verdict = words.of(judge.judge(site), site);
  for (std::size_t i = 0; i < explanation.rule->inputs.size(); ++i) {
    const auto& fact = catalogue.facts().definitions()[explanation.rule->inputs[i]];
    const facts::FactValue& value = site.facts[fact.index];
    explanation.inputs[i] = input_of(fact, &value);
    const bool is_open = explanation.verdict->outcome == Outcome::unknown && !explanation.rule->is_progress_only();
    if (!is_open || value.is_known || !explanation.rule->is_enabled) continue;
    explanation.deciders.push_back(decider_of(judge, site, fact));
  }
  return {};
}

}  // namespace

Result<Explanation> explain(history::RecordReader& store, const Catalogue& catalogue, const ExplainOptions& options) {
  Explanation explanation;
  const std::string wanted = lower_ascii(options.rule);
  for (const auto* rule : catalogue.rules_on(options.on)) {
    if (lower_ascii(rule->id) == wanted) explanation.rule = rule;
  }
  if (explanation.rule == nullptr) {
    return Error(ErrorCode::not_found, phrase("there is no rule {0}; kuangxun criteria list --json lists them all",
                                              {excerpt(options.rule, 40)}));
  }
  const Rule& rule = *explanation.rule;
  explanation.file = &catalogue.file_of(rule);
  explanation.document = rule.plan_basis.document.text();
  explanation.clause = rule.plan_basis.clause.text();
  explanation.basis_state = state_of(rule.plan_basis, options.on);
  explanation.legal_document = rule.legal_basis.document.text();
  explanation.legal_clause = rule.legal_basis.clause.text();
  explanation.legal_state = state_of(rule.legal_basis, options.on);
  for (const auto kind : rule.kinds) explanation.kinds.emplace_back(records::kind_of(kind).label());
  for (const auto& part : rule.applies) {
    explanation.applies.push_back(condition_in_words(part.condition, catalogue.facts()));
  }
  explanation.condition = condition_in_words(rule.condition, catalogue.facts());
  for (const auto fact : rule.inputs) {
    explanation.inputs.push_back(input_of(catalogue.facts().definitions()[fact], nullptr));
  }
  explanation.stated = rule.stated;
  explanation.consequence = rule.consequence.text();
  for (const auto& other : catalogue.rules()) {
    if (other.id == rule.id && &other != &rule) explanation.other_versions.push_back(&other);
  }
  if (options.site) KX_CHECK(add_place(explanation, store, catalogue, options));
  return explanation;
}

}  // namespace kuangxun::criteria
