#include <algorithm>

#include "app/green/assessment.h"
#include "app/green/steps.h"
#include "app/screens/green_items.h"
#include "app/screens/making.h"
#include "db/language/language.h"
#include "db/records/choices/green_step.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_score.h"
#include "db/records/handles/green_step.h"
#include "db/records/handles/green_table.h"
#include "db/records/handles/green_tier.h"
#include "db/records/kinds_green.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using green::Assessment;
using green::format_marks;
using records::Record;

Badge badge_of(const std::vector<criteria::Verdict>& verdicts, const std::string& rule) {
  for (const criteria::Verdict& verdict : verdicts) {
    if (verdict.rule != rule) continue;
    const Tone tone = verdict.outcome == criteria::Outcome::pass   ? Tone::good
                      : verdict.outcome == criteria::Outcome::fail ? Tone::bad
                                                                   : Tone::unsure;
    return {std::string(criteria::label_of(verdict.outcome)), tone};
  }
  return {say_text("cannot be determined"), Tone::unsure};
}

std::string range_text(const green::Sum& sum) {
  std::string text = sum.low == sum.high ? format_marks(sum.low) : format_marks(sum.low) + "–" + format_marks(sum.high);
  if (!sum.line) return text;
  return text + say_with(", {0} the line of {1}", {green::label_of(sum.against), format_marks(*sum.line)});
}

Tone tone_of(const green::Sum& sum) {
  if (!sum.line) return Tone::plain;
  return sum.against == green::Against::not_below ? Tone::good
         : sum.against == green::Against::below   ? Tone::bad
                                                  : Tone::unsure;
}

// The record of a precondition's answer; nothing while it is not answered.
Result<std::vector<Record>> answers_of(const Making& making, const Uuid& assessment) {
  KX_TRY(scores, making.store().list_where(kinds::green_score, records::green_score::assessment, assessment));
  std::erase_if(scores, [](const Record& score) { return score.is_voided(); });
  return scores;
}

GreenQuestion question_of(const Making& making, const green::PreconditionAnswer& answer,
                          const std::vector<Record>& records, const Uuid& assessment) {
  const green::Precondition& asked = *answer.question;
  GreenQuestion question{asked.code() + "　" + either_text(asked.question_chinese, asked.question_english), {}, {}, {}};
  if (answer.is_contradictory) {
    question.text += say_text(" (entered in two ways: enter it again)");
  } else if (!answer.answer && !answer.figure) {
    question.where = say_text("Where: ") + either_text(asked.where_chinese, asked.where_english);
  }
  const auto found =
      std::ranges::find_if(records, [&](const Record& one) { return one.text(records::common::item) == asked.fact; });
  const Record* record = found == records.end() ? nullptr : &*found;
  const std::string field = asked.is_figure ? "figure" : "answer";
  FieldAddress at{record == nullptr ? Uuid() : record->id(),
                  kinds::green_score,
                  field,
                  {{"assessment", assessment.text()}, {"item", asked.fact}},
                  {}};
  const std::string name = "green." + asked.code();
  if (asked.is_figure) {
    question.figure = text_entry(making, record, std::move(at), name, true);
    question.figure->label.clear();
  } else {
    question.answer = choice_entry(making, record, std::move(at), name, true);
    question.answer->label.clear();
    std::erase_if(question.answer->options, [](const Option& option) { return option.key == "not-applicable"; });
    question.answer->chosen.reset();
    const auto* chosen = answer.answer ? records::answer_enumeration.find(*answer.answer) : nullptr;
    const auto& options = question.answer->options;
    const auto at_option = std::ranges::find_if(
        options, [&](const Option& option) { return chosen != nullptr && option.key == chosen->code; });
    if (at_option != options.end()) question.answer->chosen = static_cast<std::size_t>(at_option - options.begin());
  }
  return question;
}

Status add_preconditions(const Making& making, const Assessment& assessment,
                         const std::vector<criteria::Verdict>& verdicts, GreenView& view) {
  KX_TRY(records, answers_of(making, assessment.record.id()));
  for (const green::PreconditionAnswer& answer : assessment.preconditions) {
    const green::Precondition& asked = *answer.question;
    const std::string number = std::to_string(asked.number);
    const std::string title = "P" + number + "　" + either_text(asked.text_chinese, asked.text_english);
    const bool begins = !asked.text_chinese.empty();
    if (begins) view.preconditions.push_back({title, badge_of(verdicts, "GM-P" + number), {}});
    if (view.preconditions.empty()) continue;
    view.preconditions.back().questions.push_back(question_of(making, answer, records, assessment.record.id()));
  }
  return {};
}

void add_sums(const Assessment& assessment, GreenView& view) {
  view.no_total = assessment.no_total;
  if (!assessment.standing) return;
  const green::Standing& standing = *assessment.standing;
  // A total is what all items come to; until then only what is certain whatever the open ones bring.
  if (standing.entered < standing.items) {
    view.no_total.push_back(say_with("a total comes when all {0} items are entered; {1} are",
                                     {std::to_string(standing.items), std::to_string(standing.entered)}));
    if (standing.against == green::Against::below) {
      view.no_total.push_back(
          say_text("whatever the open items bring, it is below the lines or a veto item is not met"));
    }
  }
  for (const green::Reading& reading : standing.readings) {
    if (standing.entered < standing.items) break;
    std::string label = say_text("Total");
    const auto* rule = records::na_rule_enumeration.find(reading.na_rule);
    std::string note;
    if (standing.not_applicable > 0) note = either_text(rule->chinese, rule->english);
    view.sums.push_back({label, range_text(reading.total), note, tone_of(reading.total)});
    for (const green::LevelSum& level : reading.levels) {
      view.sums.push_back(
          {level.name, level.applies() ? range_text(level.sum) : say_text("nothing applies"),
           say_with("of {0}, {1} of {2} entered",
                    {format_marks(level.full), std::to_string(level.entered), std::to_string(level.items)}),
           tone_of(level.sum)});
    }
  }
  const auto vetoes = [&](const std::vector<std::int64_t>& items, std::string label, Tone tone) {
    std::string numbers;
    for (const std::int64_t item : items) numbers += (numbers.empty() ? "" : say(", ").data()) + std::to_string(item);
    if (!items.empty()) view.sums.push_back({std::move(label), numbers, {}, tone});
  };
  vetoes(standing.vetoes_not_met, say_text("Veto items not met"), Tone::bad);
  vetoes(standing.vetoes_open, say_text("Veto items not entered"), Tone::unsure);
}

void add_steps(const Assessment& assessment, GreenView& view) {
  for (const Record& step : assessment.steps) {
    Fact fact{step.display(records::green_step::step),
              step.display(records::green_step::done_on) + "　" + step.text(records::green_step::done_by),
              step.text(records::green_step::document), Tone::plain};
    if (step.has(records::green_step::result))
      fact.note += (fact.note.empty() ? "" : "　") + step.text(records::green_step::result);
    if (step.integer(records::green_step::step) == records::green_step::county_opinion) {
      fact.note += say_text(" (advisory, no other level's conclusion)");
    }
    if (step.integer(records::green_step::step) == records::green_step::third_party) {
      for (const green::TeamFinding& finding : green::team_findings(step)) {
        fact.note += (fact.note.empty() ? "" : "\n") + finding.text;
        if (finding.is_short) fact.tone = Tone::bad;
      }
    }
    view.steps.push_back({std::move(fact), void_button(step, "green.step.void." + std::to_string(view.steps.size()))});
  }
}

std::string title_of(const Assessment& assessment) {
  return assessment.record.display(records::green_assessment::assessed_on) + "　" +
         assessment.record.display(records::green_assessment::level) + "　" + assessment.index->title();
}

void add_facts(const Assessment& assessment, GreenView& view) {
  view.facts.push_back({say_text("Index"), assessment.index->document(), assessment.index->notes()});
  if (assessment.table) {
    view.facts.push_back({say_text("Item table"), assessment.table->record.text(records::green_table::label),
                          say_text("copied from ") + assessment.table->record.text(records::green_table::text_source)});
  }
  view.facts.push_back({say_text(in_context("screens/make_green", "Marks")), green::entered_text(assessment), {}});
  view.facts.push_back({say_text("Stage"), green::stage_text(assessment.steps), {}});
  std::string line = say_text("none, nothing is compared");
  if (assessment.line.pass_total || assessment.line.floor_percent) {
    const auto shown = [](std::optional<std::int64_t> value) {
      return value ? format_marks(*value) : std::string("–");
    };
    line = say_with("total {0}, each first level {1} %",
                    {shown(assessment.line.pass_total), shown(assessment.line.floor_percent)});
  }
  view.facts.push_back({say_text("Line"), line, assessment.line_source});
}

void add_tiers(const Making& making, const std::vector<Record>& tiers, const Uuid& mine, GreenView& view) {
  for (const Record& tier : tiers) {
    view.tiers.push_back(
        {tier.display(records::green_tier::tier),
         tier.display(records::green_tier::decided_on) + "　" + tier.text(records::green_tier::decided_by),
         tier.text(records::green_tier::reason), &tier == &tiers.front() ? Tone::accent : Tone::muted});
  }
  view.tier = slot_choice(making, Slot::green_tier, "green.tier", say_text("Tier"),
                          options_of(records::green_tier_enumeration));
  // None is proposed: which one it is, is a person's to say.
  const bool has_tier = !making.slots[Slot::green_tier].empty();
  if (!has_tier) view.tier.chosen.reset();
  view.reason = slot_text(making, Slot::green_reason, "green.reason", say_text("Reason"));
  const std::string who = acting_name(making);
  view.by = slot_text(making, Slot::green_by, "green.by", say_text("Decided by"), who);
  view.set_tier = {"green.set_tier", say_text("Set the tier"), {Command::set_tier, mine, {}}};
  const bool has_reason = !making.slots[Slot::green_reason].empty();
  const bool has_name = !who.empty() || !making.slots[Slot::green_by].empty();
  view.set_tier.enabled = has_tier && has_reason && has_name;
  if (!has_reason) view.set_tier.hint = say_text(in_context("screens", "give the reason first"));
  if (!has_tier) view.set_tier.hint = say_text("choose the tier first");
  if (has_tier && has_reason && !has_name) view.set_tier.hint = say_text("say who decides first");
}

// For each index that may be in force today.
void add_begin(const Making& making, const Uuid& mine, GreenView& view) {
  for (const green::Index& index : making.world.green->indexes()) {
    if (!index.may_be_in_force(making.today())) continue;
    const auto* level = records::green_level_enumeration.find(index.level);
    view.begin.push_back({"green.begin." + index.id,
                          say_with("Begin a {0} assessment", {either(level->chinese, level->english)}),
                          {Command::begin_assessment, mine, index.id}});
    view.begin.back().hint = index.title();
  }
}

// Without an assessment there is nothing in the parts between. `parts`: those that are pages of their own.
SlotChoice parts_of(const Making& making, bool has_assessment, std::vector<OrderedOption> parts) {
  parts.push_back({10, {"tier", "tier", say_text("Overview")}});
  if (has_assessment) {
    parts.push_back({20, {"preconditions", "preconditions", say_text("Preconditions")}});
    parts.push_back({30, {"items", "items", say_text("Items")}});
    parts.push_back({40, {"marks", "marks", say_text(in_context("screens", "Marks"))}});
    parts.push_back({50, {"steps", "steps", say_text("Steps")}});
  }
  return slot_choice(making, Slot::green_part, "green.part", {}, in_order(std::move(parts)));
}

}  // namespace

Result<GreenView> make_green(const Making& making, const Record& mine, const GreenKnown& known,
                             std::vector<OrderedOption> pages) {
  GreenView view;
  KX_TRY(tiers, green::tiers_of(making.store(), mine.id()));
  add_tiers(making, tiers, mine.id(), view);
  add_begin(making, mine.id(), view);
  view.advice = say_text(
      "Found item by item, for advice; no conclusion of any level. R33 to R36 and R40 of the plan "
      "stand on the page of verdicts.");
  const std::vector<Assessment>& assessments = known.assessments;
  view.parts = parts_of(making, !assessments.empty(), std::move(pages));
  if (assessments.empty()) return view;
  const Assessment& newest = assessments.front();
  view.title = title_of(newest);
  if (is_example(newest.record)) view.title += say_text(" (example)");
  view.notes = newest.notes;
  add_facts(newest, view);
  KX_CHECK(add_preconditions(making, newest, known.preconditions, view));
  KX_CHECK(add_items(making, newest, view));
  KX_CHECK(add_settings(making, newest, view));
  add_sums(newest, view);
  add_what_if(known, view);
  add_steps(newest, view);
  add_step_form(making, newest, view);
  view.void_it = void_button(newest.record, "green.void");
  for (std::size_t i = 1; i < assessments.size(); ++i) {
    view.earlier.push_back(
        {title_of(assessments[i]), green::entered_text(assessments[i]), green::stage_text(assessments[i].steps)});
  }
  return view;
}

}  // namespace kuangxun::screens
