#include "app/criteria/explain.h"
#include "app/screens/making.h"
#include "db/base/language.h"
#include "db/records/handles/plan_note.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

using criteria::Outcome;
using criteria::Verdict;

Badge outcome_badge(const Verdict& verdict) {
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

// What `criteria explain` prints.
std::vector<std::string> explanation_of(const Making& making, const Verdict& verdict) {
  const auto catalogue = making.world.rules.on(making.today());
  if (!catalogue.ok()) return {catalogue.error().message()};
  const auto explanation = criteria::explain(making.store(), **catalogue, {verdict.rule, verdict.site, making.today()});
  if (!explanation.ok()) return {explanation.error().message()};
  std::vector<std::string> lines;
  for (const auto& line : criteria::lines_of(*explanation)) {
    lines.push_back(line.heading.empty() ? "　　" + line.text : line.heading + say_text("：", ": ") + line.text);
  }
  return lines;
}

VerdictView verdict_view(const Making& making, const Verdict& verdict) {
  VerdictView view;
  const bool is_open = making.slots[Slot::explained_rule] == verdict.rule;
  view.explain = {"verdict.explain." + verdict.rule,
                  is_open ? say_text("收起", "close") : say_text("为什么", "why"),
                  {Command::explain_rule, verdict.site, verdict.rule}};
  if (is_open) view.explanation = explanation_of(making, verdict);
  view.rule = verdict.rule;
  view.title = verdict.title;
  view.outcome = outcome_badge(verdict);
  view.reason = verdict.reason;
  view.missing = verdict.missing;
  for (const criteria::Input& input : verdict.inputs) {
    view.inputs.push_back(input.label + say_text("：", ": ") + input.shown);
  }
  view.clause = verdict.clause;
  view.basis = criteria::label_of(verdict.basis_state);
  if (verdict.mark == criteria::Mark::unverified) view.basis += say_text("，未核实", ", unverified");
  if (verdict.uses_example_data) view.basis += say_text("，用了示例数据", ", rests on example data");
  if (verdict.outcome == Outcome::fail) view.consequence = verdict.consequence;
  return view;
}

}  // namespace

std::string note_text(const records::Record& note) {
  std::string words = say_text(note.text(records::plan_note::text_zh), note.text(records::plan_note::text_en));
  if (words.empty()) words = note.text(records::plan_note::text_zh);
  // The topic is Chinese only.
  if (language() == Language::chinese) words = note.text(records::plan_note::topic) + "：" + words;
  if (note.has(records::plan_note::source))
    words += say_with("（{0}）", " ({0})", {note.text(records::plan_note::source)});
  return words;
}

std::string verdicts_summary(const Making& making, const std::vector<Verdict>& verdicts) {
  std::size_t counts[4] = {};
  for (const Verdict& verdict : verdicts) ++counts[static_cast<std::size_t>(verdict.outcome)];
  const auto count = [&](Outcome outcome) { return std::to_string(counts[static_cast<std::size_t>(outcome)]); };
  return say_with(
      "逐项核对结果（判定），{0}：符合 {1}，不符合 {2}，无法判定 {3}，不适用 {4}。结论由人作出。",
      "Check results on {0}: {1} pass, {2} fail, {3} unknown, {4} not applicable. Conclusions are people's.",
      {format_day(making.today()), count(Outcome::pass), count(Outcome::fail), count(Outcome::unknown),
       count(Outcome::not_applicable)});
}

std::vector<VerdictView> verdict_views(const Making& making, const std::vector<Verdict>& verdicts) {
  std::vector<VerdictView> views;
  // What needs a person comes first.
  for (const Outcome outcome : {Outcome::fail, Outcome::unknown, Outcome::pass, Outcome::not_applicable}) {
    const bool is_left_out = outcome == Outcome::not_applicable && !making.slots.is_on(Slot::every_verdict);
    for (const Verdict& verdict : verdicts) {
      if (verdict.outcome != outcome || (is_left_out && !verdict.is_report)) continue;
      views.push_back(verdict_view(making, verdict));
    }
  }
  return views;
}

SlotCheck every_verdict_check(const Making& making, std::string name) {
  return slot_check(making, Slot::every_verdict, std::move(name),
                    say_text("也列出不适用的", "list those not applicable too"));
}

Result<CountyView> make_county(const Making& making, const Uuid& county, const std::vector<Verdict>& verdicts) {
  CountyView view;
  view.title = say_text("全县", "The county as a whole");
  view.tabs = slot_choice(making, Slot::county_tab, "county.tab", {},
                          {{"verdicts", "verdicts", say_text("判定", "Verdicts")},
                           {"years", "years", say_text("年度数据", "Yearly figures")},
                           {"notes", "notes", say_text("规划文本的疑点", "Doubts about the plan's text")}});
  view.verdicts_summary = verdicts_summary(making, verdicts);
  view.every_verdict = every_verdict_check(making, "county.every_verdict");
  view.verdicts = verdict_views(making, verdicts);
  if (county.is_nil()) return view;
  KX_TRY(years, make_county_years(making));
  view.years = std::move(years);
  KX_TRY(notes, making.store().list_where(records::kinds::plan_note, records::plan_note::subject, county));
  for (const records::Record& note : notes) view.notes.push_back(note_text(note));
  return view;
}

}  // namespace kuangxun::screens
