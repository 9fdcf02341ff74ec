#include "app/criteria/explain.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

std::string period_of(const Basis& basis) {
  const std::string from = basis.from ? format_day(*basis.from) : std::string("…");
  const std::string to = basis.to ? format_day(*basis.to) : std::string("…");
  if (!basis.from && !basis.to) return say_text("no dates given");
  return from + say_text(" to ") + to;
}

// "现行，2021-01-01 至 2025-12-31，被 … 取代".
std::string standing_of(const Basis& basis, BasisState state) {
  std::string text = std::string(label_of(state)) + say_text(in_context("criteria", ", ")) + period_of(basis);
  if (!basis.superseded_by.empty()) {
    text += say_with(", superseded by {0}", {basis.superseded_by});
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
  if (rule.is_expected) kind += say_text(", expected (progress is reported)");
  if (rule.is_veto) kind += say_text(", veto");
  if (!rule.is_enabled) kind += say_text(", switched off (the threshold is not verified)");
  writer.add(say_text("kind"), std::move(kind));
  writer.add(
      say_text(in_context("criteria", "catalogue")),
      explanation.file->title() + say_text(" (") + std::string(label_of(explanation.file->origin)) + say_text(")"));
  writer.add(say_text("basis"),
             explanation.document + say_text(in_context("criteria/explain_lines", ", ")) + explanation.clause);
  writer.add({}, standing_of(rule.plan_basis, explanation.basis_state));
  if (!explanation.legal_document.empty()) {
    writer.add(
        say_text("legal basis"),
        explanation.legal_document + say_text(in_context("criteria/explain_lines", ", ")) + explanation.legal_clause);
    writer.add({}, standing_of(rule.legal_basis, explanation.legal_state) + say_text("; ") +
                       std::string(label_of(rule.legal_basis.mark)));
  }
  writer.add(say_text("mark"), std::string(label_of(rule.mark)));
  for (const Rule* other : explanation.other_versions) {
    writer.add(say_text("another version"), period_of(other->plan_basis));
  }
}

void add_condition(Writer& writer, const Explanation& explanation) {
  writer.add(say_text("applies to"), join(explanation.kinds, say(", ")));
  for (const auto& part : explanation.applies) writer.add({}, part);
  writer.add(say_text("asks"),
             explanation.condition.empty() ? say_text("no figure to check; it is reported") : explanation.condition);
  writer.add({}, explanation.rule->condition.text);
  for (const auto& stated : explanation.stated) {
    writer.add(say_text("as stated"), std::string(stated.text.text()));
  }
}

void add_inputs(Writer& writer, const Explanation& explanation) {
  for (const auto& input : explanation.inputs) {
    std::string text = input.label;
    if (!input.value.empty()) text += say_text(": ") + input.shown;
    if (input.is_disputed) text += say_text(" (an open dispute)");
    if (input.is_example) text += say_text(" (example data)");
    if (!input.source.empty()) text += say_text("; from ") + input.source;
    if (!input.is_known && !input.hint.empty()) text += say_text("; to be had from: ") + input.hint;
    writer.add(&input == &explanation.inputs.front() ? say_text("facts") : std::string(), std::move(text));
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
      text += say_text(": ") + join(outcomes, say(in_context("criteria", ", ")));
    } else {
      text += say_text(": alone it does not decide");
    }
    writer.add(&decider == &explanation.deciders.front() ? say_text("what would decide") : std::string(),
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
    writer.add(say_text("here"), verdict.site_name + say_text(": ") + std::string(label_of(verdict.outcome)));
    writer.add({}, verdict.reason);
    for (const auto& missing : verdict.missing) writer.add({}, say_text("missing: ") + missing);
  }
  add_deciders(writer, explanation);
  writer.add(say_text("consequence"), explanation.consequence);
  return std::move(writer.lines);
}

}  // namespace kuangxun::criteria
