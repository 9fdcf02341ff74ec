#include "app/pages/verdict_list.h"

#include "app/criteria/explain.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

namespace kuangxun::pages {
namespace {

using blocks::Tone;
using criteria::Outcome;
using criteria::Verdict;

blocks::Badge outcome_badge(const Verdict& verdict) {
  const std::string word(criteria::label_of(verdict));
  switch (verdict.outcome) {
    case Outcome::pass:
      return {word, Tone::good};
    case Outcome::fail:
      return {word, Tone::bad};
    case Outcome::unknown:
      return {word, Tone::unsure};
    case Outcome::not_applicable:
      break;
  }
  return {word, Tone::muted};
}

std::string inputs_text(const Verdict& verdict) {
  std::string text;
  for (const criteria::Input& input : verdict.inputs) {
    if (!text.empty()) text += say("; ");
    text += input.label + say_text(": ") + input.shown;
  }
  return text;
}

// The clause, and whether it is in force.
std::string clause_text(const Verdict& verdict) {
  std::string basis(criteria::label_of(verdict.basis_state));
  if (verdict.mark == criteria::Mark::unverified) basis += say_text(", unverified");
  if (verdict.uses_example_data) basis += say_text(", rests on example data");
  return say_with("Clause: {0} ({1})", {verdict.clause, basis});
}

}  // namespace

std::string VerdictList::summary(const std::vector<Verdict>& verdicts) const {
  std::size_t counts[4] = {};
  for (const Verdict& verdict : verdicts) ++counts[static_cast<std::size_t>(verdict.outcome)];
  const auto count = [&](Outcome outcome) { return std::to_string(counts[static_cast<std::size_t>(outcome)]); };
  return say_with(
      "Check results on {0}: {1} pass, {2} fail, {3} unknown, {4} not applicable. Conclusions are people's.",
      {format_day(today_of(context_)), count(Outcome::pass), count(Outcome::fail), count(Outcome::unknown),
       count(Outcome::not_applicable)});
}

// What `criteria explain` prints. What went wrong stands in its place: the verdict itself is good without it.
std::vector<std::string> VerdictList::explanation_of(const Verdict& verdict) {
  const Day today = today_of(context_);
  const auto catalogue = context_.rules().on(today);
  if (!catalogue.ok()) return {catalogue.error().message()};
  const auto explanation = criteria::explain(context_.desk().store, **catalogue, {verdict.rule, verdict.site, today});
  if (!explanation.ok()) return {explanation.error().message()};
  std::vector<std::string> lines;
  for (const auto& line : criteria::lines_of(*explanation)) {
    lines.push_back(line.heading.empty() ? "　　" + line.text : line.heading + say_text(": ") + line.text);
  }
  return lines;
}

void VerdictList::add(const Verdict& verdict, blocks::Blocks& page) {
  const bool is_open = explained_ == verdict.rule;
  page += blocks::Divider{};
  blocks::Line title;
  title.blocks += outcome_badge(verdict);
  title.blocks += blocks::Text{verdict.rule + "　" + verdict.title};
  title.blocks += blocks::Button{"verdict.explain." + verdict.rule, is_open ? say_text("close") : say_text("why"),
                                 [this, rule = verdict.rule]() -> Status {
                                   explained_ = explained_ == rule ? std::string() : rule;
                                   return {};
                                 }};
  page += std::move(title);
  page += blocks::Text{verdict.reason};
  for (const std::string& missing : verdict.missing) {
    page += blocks::Text{say_with("Missing: {0}", {missing}), Tone::unsure};
  }
  if (const std::string inputs = inputs_text(verdict); !inputs.empty()) {
    page += blocks::Text{say_with("Rests on: {0}", {inputs}), Tone::muted};
  }
  page += blocks::Text{clause_text(verdict), Tone::muted};
  if (verdict.outcome == Outcome::fail && !verdict.consequence.empty()) {
    page += blocks::Text{say_with("Consequence, in the plan's words: {0}", {verdict.consequence}), Tone::bad};
  }
  if (!is_open) return;
  for (std::string& line : explanation_of(verdict)) page += blocks::Text{std::move(line), Tone::accent};
}

blocks::Blocks VerdictList::build(const std::vector<Verdict>& verdicts) {
  blocks::Blocks page;
  page += blocks::Text{summary(verdicts)};
  page += own_check(lists_every_, check_name_, say_text("list those not applicable too"));
  // What needs a person comes first.
  for (const Outcome outcome : {Outcome::fail, Outcome::unknown, Outcome::pass, Outcome::not_applicable}) {
    const bool is_left_out = outcome == Outcome::not_applicable && !lists_every_;
    for (const Verdict& verdict : verdicts) {
      if (verdict.outcome == outcome && (!is_left_out || verdict.is_report)) add(verdict, page);
    }
  }
  return page;
}

}  // namespace kuangxun::pages
