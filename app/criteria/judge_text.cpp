#include <algorithm>

#include "app/criteria/judge.h"
#include "db/base/language.h"
#include "db/base/text.h"

namespace kuangxun::criteria {
namespace {

std::string comma() {
  return say_text("、", ", ");
}

// A yes or no is asked for, the rest is named.
std::string asked(const facts::FactDefinition& fact) {
  return (fact.type == facts::FactType::boolean ? say_text("是否", "whether ") : std::string()) +
         std::string(fact.label());
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::unknown:
      return "unknown";
    case Outcome::not_applicable:
      return "not-applicable";
  }
  return {};
}

std::string_view label_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return say("符合", "pass");
    case Outcome::fail:
      return say("不符合", "fail");
    case Outcome::unknown:
      return say("无法判断", "cannot be told");
    case Outcome::not_applicable:
      return say("不适用", "not applicable");
  }
  return {};
}

std::string_view label_of(const Verdict& verdict) {
  if (verdict.is_report && verdict.outcome == Outcome::not_applicable) return say("进展", "progress");
  return label_of(verdict.outcome);
}

// {fact} becomes what people see of it.
std::string Judge::filled(const Bilingual& pattern, const facts::Site& site) const {
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
std::string Judge::listed_facts(const facts::Site& site, bool only_relevant) const {
  std::vector<std::string> parts;
  for (const auto fact : only_relevant ? rule_->condition.facts : rule_->inputs) {
    if (!site.facts[fact].is_known) continue;
    parts.push_back(std::string(definition(fact).label()) + " " + display_fact(definition(fact), site.facts[fact]));
  }
  return join(parts, comma());
}

std::string Judge::missing_text(std::size_t fact, const facts::FactValue& value) const {
  const auto& about = definition(fact);
  std::string text = asked(about);
  if (!value.note.empty()) text += say_text("（", " (") + value.note + say_text("）", ")");
  if (!about.hint().empty()) text += say_text("：", ": ") + std::string(about.hint());
  return text;
}

std::string Judge::reason_not_applicable(const facts::Site& site, const Finding& finding) const {
  using Aspect = Applicability::Aspect;
  const auto* part = finding.failed_part;
  const bool is_own = part == nullptr || part->aspect == Aspect::stage || part->aspect == Aspect::other;
  if (is_own && !rule_->when_not_applicable.is_empty()) return filled(rule_->when_not_applicable, site);
  if (part == nullptr || part->aspect == Aspect::other) {
    return say_text("不在本条适用范围内", "outside what this rule applies to");
  }
  const auto& about = definition(part->condition.facts.front());
  std::vector<std::string> options;
  for (const auto& code : part->codes) {
    const auto* option = about.enumeration->find(code);
    options.emplace_back(option == nullptr ? code : std::string(say(option->chinese, option->english)));
  }
  return say_with("本条只适用于{0}为{1}的，这里是{2}", "this rule is only for {0}: {1}; here it is: {2}",
                  {about.label(), join(options, comma()), display_fact(about, site.facts[about.index])});
}

std::string Judge::progress_of(const facts::Site& site, const Finding& finding) const {
  std::string text = say_text("进展：", "Progress: ") + filled(rule_->progress, site);
  if (has_condition()) {
    text += !finding.holds   ? say_text("；是否达到无法判断", "; whether it is reached cannot be told")
            : *finding.holds ? say_text("；按现有数据已达到", "; reached by the data at hand")
                             : say_text("；按现有数据未达到", "; not reached by the data at hand");
  }
  return text + (rule_->is_expected ? say_text("。预期性指标只报告进展，不判符合与否",
                                               ". An expected target is reported, never passed or failed")
                                    : say_text("。跟踪事项只报告进展，不判符合与否",
                                               ". What is tracked is reported, never passed or failed"));
}

std::string Judge::reason_of(const facts::Site& site, const Finding& finding,
                             const std::vector<std::size_t>& unknown) const {
  if (!rule_->is_enabled) {
    return say_text("本条未启用：门槛没有核实，由机关填入后启用",
                    "this rule is switched off: its threshold is not verified; the office fills it in first");
  }
  std::string whichever;
  if (!finding.tried.empty()) {
    std::vector<std::string> labels;
    for (const auto fact : finding.tried) labels.emplace_back(definition(fact).label());
    whichever = say_with("（无论{0}为何，结论相同）", " (whichever {0}, the result is the same)",
                         {join(labels, say("、", " and "))});
  }
  if (finding.outcome == Outcome::not_applicable) return reason_not_applicable(site, finding) + whichever;
  if (rule_->is_progress_only() && finding.applies == Truth(true)) return progress_of(site, finding) + whichever;
  if (finding.outcome == Outcome::pass) {
    const std::string text = rule_->when_passed.is_empty()
                                 ? say_with("符合：{0}", "met: {0}", {listed_facts(site, true)})
                                 : filled(rule_->when_passed, site);
    return text + whichever;
  }
  if (finding.outcome == Outcome::fail) {
    const std::string text = rule_->when_failed.is_empty()
                                 ? say_with("不符合：{0}", "not met: {0}", {listed_facts(site, true)})
                                 : filled(rule_->when_failed, site);
    return text + whichever;
  }
  if (finding.divides_by_zero) {
    return say_text("无法判断：除数为零，没有比值", "cannot be told: the divisor is zero, there is no ratio");
  }
  std::vector<std::string> disputed;
  std::vector<std::string> labels;
  for (const auto fact : unknown) {
    labels.push_back(asked(definition(fact)));
    if (site.facts[fact].is_disputed) disputed.emplace_back(definition(fact).label());
  }
  std::string text =
      labels.empty()
          ? say_text("无法判断：规划只有原则，没有可核对的数", "cannot be told: the plan gives a principle, no figure")
          : say_with("无法判断，尚缺：{0}", "cannot be told, not known: {0}", {join(labels, say("；", "; "))});
  if (!disputed.empty()) {
    text += say_with("；有未处理的分歧：{0}", "; open dispute on {0}", {join(disputed, comma())});
  }
  if (!finding.applies) text += say_text("；是否适用也待定", "; whether the rule applies is open too");
  return text;
}

}  // namespace kuangxun::criteria
