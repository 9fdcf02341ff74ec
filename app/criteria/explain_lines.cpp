#include "app/criteria/explain.h"
#include "db/base/language.h"
#include "db/base/text.h"

namespace kuangxun::criteria {
namespace {

std::string period_of(const Basis& basis) {
  const std::string from = basis.from ? format_day(*basis.from) : std::string("…");
  const std::string to = basis.to ? format_day(*basis.to) : std::string("…");
  if (!basis.from && !basis.to) return say_text("没有写明有效期", "no dates given");
  return from + say_text(" 至 ", " to ") + to;
}

// "现行，2021-01-01 至 2025-12-31，被 … 取代".
std::string standing_of(const Basis& basis, BasisState state) {
  std::string text = std::string(label_of(state)) + say_text("，", ", ") + period_of(basis);
  if (!basis.superseded_by.empty()) {
    text += say_with("，已由《{0}》取代", ", superseded by {0}", {basis.superseded_by});
  }
  return text;
}

class Writer {
 public:
  void add(std::string heading, std::string text) {
    if (!text.empty()) lines.push_back({std::move(heading), std::move(text)});
  }
  std::vector<ExplanationLine> lines;
};

void add_basis(Writer& writer, const Explanation& explanation) {
  const Rule& rule = *explanation.rule;
  std::string kind = std::string(label_of(rule.kind));
  if (rule.is_expected) kind += say_text("，预期性（只报告进展）", ", expected (progress is reported)");
  if (rule.is_veto) kind += say_text("，一票否决", ", veto");
  if (!rule.is_enabled) kind += say_text("，未启用（门槛没有核实）", ", switched off (the threshold is not verified)");
  writer.add(say_text("类别", "kind"), std::move(kind));
  writer.add(say_text("规则目录", "catalogue"), explanation.file->title() + say_text("（", " (") +
                                                    std::string(label_of(explanation.file->origin)) +
                                                    say_text("）", ")"));
  writer.add(say_text("依据", "basis"), explanation.document + say_text("　", ", ") + explanation.clause);
  writer.add({}, standing_of(rule.plan_basis, explanation.basis_state));
  if (!explanation.legal_document.empty()) {
    writer.add(say_text("法律依据", "legal basis"),
               explanation.legal_document + say_text("　", ", ") + explanation.legal_clause);
    writer.add({}, standing_of(rule.legal_basis, explanation.legal_state) + say_text("；", "; ") +
                       std::string(label_of(rule.legal_basis.mark)));
  }
  writer.add(say_text("来源标记", "mark"), std::string(label_of(rule.mark)));
  for (const Rule* other : explanation.other_versions) {
    writer.add(say_text("另一版本", "another version"), period_of(other->plan_basis));
  }
}

void add_condition(Writer& writer, const Explanation& explanation) {
  writer.add(say_text("适用于", "applies to"), join(explanation.kinds, say("、", ", ")));
  for (const auto& part : explanation.applies) writer.add({}, part);
  writer.add(say_text("要求", "asks"), explanation.condition.empty()
                                           ? say_text("没有可核对的数，只报告", "no figure to check; it is reported")
                                           : explanation.condition);
  writer.add({}, explanation.rule->condition.text);
  for (const auto& stated : explanation.stated) {
    writer.add(say_text("原文写法", "as stated"), std::string(stated.text.text()));
  }
}

void add_inputs(Writer& writer, const Explanation& explanation) {
  for (const auto& input : explanation.inputs) {
    std::string text = input.label;
    if (!input.value.empty()) text += say_text("：", ": ") + input.shown;
    if (input.is_disputed) text += say_text("（有未处理的分歧）", " (an open dispute)");
    if (input.is_example) text += say_text("（示例数据）", " (example data)");
    if (!input.source.empty()) text += say_text("；来自 ", "; from ") + input.source;
    if (!input.is_known && !input.hint.empty()) text += say_text("；可查：", "; to be had from: ") + input.hint;
    writer.add(&input == &explanation.inputs.front() ? say_text("用到的事实", "facts") : std::string(),
               std::move(text));
  }
}

void add_deciders(Writer& writer, const Explanation& explanation) {
  for (const auto& decider : explanation.deciders) {
    std::vector<std::string> outcomes;
    for (const auto& outcome : decider.outcomes) {
      outcomes.push_back(outcome.shown + " → " + std::string(label_of(outcome.outcome)));
    }
    std::string text = decider.label;
    if (decider.decides) {
      text += say_text("：", ": ") + join(outcomes, say("，", ", "));
    } else {
      text += say_text("：单独补上仍不能判断", ": alone it does not decide");
    }
    writer.add(
        &decider == &explanation.deciders.front() ? say_text("补上什么就能判断", "what would decide") : std::string(),
        std::move(text));
  }
}

}  // namespace

std::vector<ExplanationLine> lines_of(const Explanation& explanation) {
  Writer writer;
  add_basis(writer, explanation);
  add_condition(writer, explanation);
  add_inputs(writer, explanation);
  if (explanation.verdict) {
    const Verdict& verdict = *explanation.verdict;
    writer.add(say_text("在这里", "here"),
               verdict.site_name + say_text("：", ": ") + std::string(label_of(verdict.outcome)));
    writer.add({}, verdict.reason);
    for (const auto& missing : verdict.missing) writer.add({}, say_text("还缺 ", "missing: ") + missing);
  }
  add_deciders(writer, explanation);
  writer.add(say_text("不符合的后果", "consequence"), explanation.consequence);
  return std::move(writer.lines);
}

}  // namespace kuangxun::criteria
