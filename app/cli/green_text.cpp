#include "app/cli/green_text.h"

#include "app/green/steps.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/green_step.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_step.h"
#include "db/records/handles/green_table.h"
#include "db/records/handles/green_tier.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

using green::Assessment;
using green::format_marks;

JsonValue marks_json(std::optional<std::int64_t> marks) {
  return marks ? JsonValue::number(format_marks(*marks)) : JsonValue();
}

JsonValue count_json(std::optional<std::int64_t> count) {
  return count ? JsonValue::integer(*count) : JsonValue();
}

JsonValue numbers(const std::vector<std::int64_t>& values) {
  JsonValue all = JsonValue::array();
  for (const std::int64_t value : values) all.push(JsonValue::integer(value));
  return all;
}

std::string_view code_of(const records::EnumerationDescription& enumeration, std::int64_t number) {
  const auto* option = enumeration.find(number);
  return option == nullptr ? std::string_view() : option->code;
}

std::string label_of(const records::EnumerationDescription& enumeration, std::int64_t number) {
  const auto* option = enumeration.find(number);
  return option == nullptr ? std::string() : either_text(option->chinese, option->english);
}

std::string advice() {
  return say_text("Found item by item, for advice; no conclusion of any level: people with names conclude.");
}

// "700–712.5", or one figure when nothing is missing.
std::string range_text(const green::Sum& sum) {
  return sum.low == sum.high ? format_marks(sum.low) : format_marks(sum.low) + "–" + format_marks(sum.high);
}

std::string sum_text(const green::Sum& sum) {
  if (!sum.line) return range_text(sum);
  return say_with("{0}, {1} the line of {2}", {range_text(sum), green::label_of(sum.against), format_marks(*sum.line)});
}

JsonValue sum_json(const green::Sum& sum) {
  JsonValue json = JsonValue::object();
  json.add("low", JsonValue::number(format_marks(sum.low)));
  json.add("high", JsonValue::number(format_marks(sum.high)));
  json.add("line", marks_json(sum.line));
  json.add("against", sum.line ? JsonValue::string(green::name_of(sum.against)) : JsonValue());
  return json;
}

std::string items_text(const std::vector<std::int64_t>& items) {
  std::vector<std::string> texts;
  for (const std::int64_t item : items) texts.push_back(std::to_string(item));
  return join(texts, say(", "));
}

void print_line(std::ostream& out, const Assessment& assessment) {
  const green::Line& line = assessment.line;
  if (!line.pass_total && !line.floor_percent) {
    out << say_text("  line: none, nothing is compared; ") << assessment.line_source << '\n';
    return;
  }
  out << say_with("  line: total {0}, each first level {1} % ({2})",
                  {line.pass_total ? format_marks(*line.pass_total) : "–",
                   line.floor_percent ? format_marks(*line.floor_percent) : "–", assessment.line_source})
      << '\n';
}

void print_standing(std::ostream& out, const green::Standing& standing) {
  for (const green::Reading& reading : standing.readings) {
    if (standing.not_applicable > 0) {
      out << "  " << label_of(records::na_rule_enumeration, reading.na_rule) << say(":") << '\n';
    }
    out << say_text("  total ") << sum_text(reading.total) << '\n';
    for (const green::LevelSum& level : reading.levels) {
      out << "    " << level.name << "  " << (level.applies() ? sum_text(level.sum) : say_text("nothing applies"))
          << say_with(" (of {0}, {1} of {2} entered)",
                      {format_marks(level.full), std::to_string(level.entered), std::to_string(level.items)})
          << '\n';
    }
  }
  if (!standing.vetoes_not_met.empty()) {
    out << say_with("  veto items not met: {0}", {items_text(standing.vetoes_not_met)}) << '\n';
  }
  if (!standing.vetoes_open.empty()) {
    out << say_with("  veto items not entered: {0}", {items_text(standing.vetoes_open)}) << '\n';
  }
}

std::string answer_text(const green::PreconditionAnswer& answer) {
  if (answer.is_contradictory) return say_text("entered in two ways");
  if (answer.figure) return format_marks(*answer.figure);
  return answer.answer ? label_of(records::answer_enumeration, *answer.answer) : say_text("not entered");
}

void print_preconditions(std::ostream& out, const Assessment& assessment,
                         const std::vector<criteria::Verdict>& verdicts) {
  out << say_text("Preconditions (item by item):") << '\n';
  int number = 0;
  for (const green::PreconditionAnswer& answer : assessment.preconditions) {
    const green::Precondition& question = *answer.question;
    if (question.number != number) {
      number = question.number;
      out << "  P" << number << " " << either(question.text_chinese, question.text_english);
      for (const criteria::Verdict& verdict : verdicts) {
        if (verdict.rule == "GM-P" + std::to_string(number)) {
          out << say("  [") << criteria::label_of(verdict.outcome) << say("]");
        }
      }
      out << '\n';
    }
    out << "    " << question.code() << " " << either(question.question_chinese, question.question_english) << say(": ")
        << answer_text(answer);
    if (!answer.answer && !answer.figure) {
      out << say(" (where: ") << either(question.where_chinese, question.where_english) << say(")");
    } else if (!answer.evidence.empty()) {
      out << say(" (evidence: ") << answer.evidence << say(")");
    }
    out << '\n';
  }
}

void print_steps(std::ostream& out, const Assessment& assessment) {
  out << say_text("Steps: ") << green::stage_text(assessment.steps) << '\n';
  for (const records::Record& step : assessment.steps) {
    out << "  " << step.display(records::green_step::done_on) << "  " << step.display(records::green_step::step) << "  "
        << step.text(records::green_step::done_by);
    for (const auto& field : {records::green_step::document, records::green_step::result}) {
      if (step.has(field)) out << "  " << step.text(field);
    }
    out << '\n';
    if (step.integer(records::green_step::step) != records::green_step::third_party) continue;
    for (const green::TeamFinding& finding : green::team_findings(step)) {
      out << "    " << (finding.is_short ? say_text("short: ") : std::string()) << finding.text << '\n';
    }
  }
}

JsonValue table_json(const Assessment& assessment) {
  if (!assessment.table) return {};
  const records::Record& record = assessment.table->record;
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(record.id().text()));
  json.add("label", JsonValue::string(record.text(records::green_table::label)));
  json.add("text_source", JsonValue::string(record.text(records::green_table::text_source)));
  json.add("items", JsonValue::integer(assessment.table->table.items.size()));
  json.add("invented", JsonValue::boolean(assessment.table->is_invented()));
  json.add("gaps", JsonValue::strings(assessment.table->gaps));
  return json;
}

JsonValue preconditions_json(const Assessment& assessment, const std::vector<criteria::Verdict>& verdicts) {
  JsonValue all = JsonValue::array();
  for (const green::PreconditionAnswer& answer : assessment.preconditions) {
    const green::Precondition& question = *answer.question;
    JsonValue one = JsonValue::object();
    one.add("code", JsonValue::string(question.code()));
    one.add("fact", JsonValue::string(question.fact));
    one.add("question", JsonValue::string(either(question.question_chinese, question.question_english)));
    one.add("answer", answer.answer ? JsonValue::string(code_of(records::answer_enumeration, *answer.answer))
                                    : marks_json(answer.figure));
    one.add("contradictory", JsonValue::boolean(answer.is_contradictory));
    one.add("evidence", JsonValue::string_or_null(answer.evidence));
    one.add("where", JsonValue::string(either(question.where_chinese, question.where_english)));
    std::string verdict;
    for (const criteria::Verdict& found : verdicts) {
      if (found.rule == "GM-P" + std::to_string(question.number)) verdict = criteria::name_of(found.outcome);
    }
    one.add("precondition_verdict", JsonValue::string_or_null(verdict));
    all.push(std::move(one));
  }
  return all;
}

JsonValue standing_json(const green::Standing& standing) {
  JsonValue json = JsonValue::object();
  json.add("against", JsonValue::string(green::name_of(standing.against)));
  json.add("vetoes_not_met", numbers(standing.vetoes_not_met));
  json.add("vetoes_open", numbers(standing.vetoes_open));
  JsonValue readings = JsonValue::array();
  for (const green::Reading& reading : standing.readings) {
    JsonValue one = JsonValue::object();
    one.add("na_rule", JsonValue::string(code_of(records::na_rule_enumeration, reading.na_rule)));
    one.add("total", sum_json(reading.total));
    JsonValue levels = JsonValue::array();
    for (const green::LevelSum& level : reading.levels) {
      JsonValue sum = sum_json(level.sum);
      sum.add("name", JsonValue::string(level.name));
      sum.add("full_marks", JsonValue::number(format_marks(level.full)));
      sum.add("not_applicable", JsonValue::number(format_marks(level.not_applicable)));
      sum.add("entered", JsonValue::integer(level.entered));
      sum.add("items", JsonValue::integer(level.items));
      levels.push(std::move(sum));
    }
    one.add("first_levels", std::move(levels));
    readings.push(std::move(one));
  }
  json.add("readings", std::move(readings));
  return json;
}

JsonValue steps_json(const Assessment& assessment) {
  JsonValue all = JsonValue::array();
  for (const records::Record& step : assessment.steps) {
    JsonValue one = JsonValue::object();
    one.add("id", JsonValue::string(step.id().text()));
    one.add("step",
            JsonValue::string(code_of(records::green_step_enumeration, step.integer(records::green_step::step))));
    one.add("done_on", JsonValue::string(step.display(records::green_step::done_on)));
    one.add("done_by", JsonValue::string(step.text(records::green_step::done_by)));
    one.add("document", JsonValue::string_or_null(step.text(records::green_step::document)));
    one.add("result", JsonValue::string_or_null(step.text(records::green_step::result)));
    one.add("advisory",
            JsonValue::boolean(step.integer(records::green_step::step) == records::green_step::county_opinion));
    if (step.integer(records::green_step::step) == records::green_step::third_party) {
      JsonValue team = JsonValue::array();
      for (const green::TeamFinding& finding : green::team_findings(step)) {
        JsonValue found = JsonValue::object();
        found.add("text", JsonValue::string(finding.text));
        found.add("short", JsonValue::boolean(finding.is_short));
        found.add("missing", JsonValue::boolean(finding.is_missing));
        team.push(std::move(found));
      }
      one.add("team", std::move(team));
    }
    all.push(std::move(one));
  }
  return all;
}

std::string day_range(std::optional<Day> earliest, std::optional<Day> latest) {
  if (!earliest && !latest) return say_text(in_context("cli", "unknown"));
  if (earliest && latest && *earliest == *latest) return format_day(*earliest);
  return (earliest ? format_day(*earliest) : "?") + say_text(" to ") + (latest ? format_day(*latest) : "?") +
         say_text(" (the day is not verified)");
}

}  // namespace

void print_assessment(std::ostream& out, const Assessment& assessment,
                      const std::vector<criteria::Verdict>& preconditions) {
  const records::Record& record = assessment.record;
  out << assessment.mine.name() << "  " << record.display(records::green_assessment::level) << "  "
      << record.display(records::green_assessment::assessed_on)
      << (record.integer(records::green_assessment::is_example) != 0 ? say_text(" (example)") : std::string()) << '\n'
      << record.id().text() << '\n'
      << say_text("Index: ") << assessment.index->title() << "  " << assessment.index->document() << '\n';
  if (assessment.table) {
    out << say_text("Item table: ") << assessment.table->record.text(records::green_table::label)
        << say_text(", copied from ") << assessment.table->record.text(records::green_table::text_source) << '\n';
  }
  if (record.is_voided()) {
    out << say_text("Voided: ") << record.void_reason() << '\n';
  }
  for (const std::string& note : assessment.notes) out << say_text("Note: ") << note << '\n';
  print_preconditions(out, assessment, preconditions);
  out << say_text("Marks: ") << green::entered_text(assessment) << '\n';
  if (assessment.standing) {
    print_standing(out, *assessment.standing);
    print_line(out, assessment);
    if (!assessment.na_source.empty()) {
      out << say_with("  items that do not apply: {0} ({1})",
                      {label_of(records::na_rule_enumeration, *assessment.line.na_rule), assessment.na_source})
          << '\n';
    } else if (assessment.standing->not_applicable > 0) {
      out << say_with(
                 "  {0} items do not apply; how they are treated is not verified, so all three ways are shown; set "
                 "ID na_rule=… na_source=… decides",
                 {std::to_string(assessment.standing->not_applicable)})
          << '\n';
    }
  }
  for (const std::string& why : assessment.no_total) out << say_text("  no total: ") << why << '\n';
  print_steps(out, assessment);
  out << advice() << '\n';
}

json::JsonValue assessment_json(const Assessment& assessment, const std::vector<criteria::Verdict>& preconditions) {
  const records::Record& record = assessment.record;
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(record.id().text()));
  json.add("mine", JsonValue::string(assessment.mine.id().text()));
  json.add("mine_name", JsonValue::string(assessment.mine.name()));
  json.add("level", JsonValue::string(
                        code_of(records::green_level_enumeration, record.integer(records::green_assessment::level))));
  json.add("index", JsonValue::string(assessment.index->id));
  json.add("assessed_on", JsonValue::string(record.display(records::green_assessment::assessed_on)));
  json.add("assessor", JsonValue::string_or_null(record.text(records::green_assessment::assessor)));
  json.add("example", JsonValue::boolean(record.integer(records::green_assessment::is_example) != 0));
  json.add("voided", JsonValue::boolean(record.is_voided()));
  json.add("stage", JsonValue::string(green::stage_text(assessment.steps)));
  json.add("table", table_json(assessment));
  json.add("preconditions", preconditions_json(assessment, preconditions));
  json.add("items_entered", JsonValue::integer(assessment.entered));
  json.add("items_total", assessment.table ? JsonValue::integer(assessment.table->table.items.size())
                                           : count_json(assessment.index->item_count));
  JsonValue line = JsonValue::object();
  line.add("pass_total", marks_json(assessment.line.pass_total));
  line.add("floor_percent", marks_json(assessment.line.floor_percent));
  line.add("line_source", JsonValue::string(assessment.line_source));
  line.add("na_rule", assessment.line.na_rule
                          ? JsonValue::string(code_of(records::na_rule_enumeration, *assessment.line.na_rule))
                          : JsonValue());
  line.add("na_source", JsonValue::string_or_null(assessment.na_source));
  json.add("line", std::move(line));
  json.add("standing", assessment.standing ? standing_json(*assessment.standing) : JsonValue());
  json.add("no_total", JsonValue::strings(assessment.no_total));
  json.add("steps", steps_json(assessment));
  json.add("notes", JsonValue::strings(assessment.notes));
  json.add("advice", JsonValue::string(advice()));
  return json;
}

void print_what_if(std::ostream& out, const Assessment& assessment, const green::WhatIf& found) {
  if (found.is_reached_already) {
    out << say_text("The marks are not below the line and the floors already; nothing needs lifting.") << '\n';
  } else if (!found.is_possible) {
    out << say_text("Lifting all that can be lifted does not reach the lines:") << '\n';
    for (const std::string& why : found.why_not) out << "  " << why << '\n';
  } else {
    out << say_with("Bringing these {0} items to their full marks, effort {1} in all, is a cheapest way:",
                    {std::to_string(found.items.size()), format_marks(found.effort)})
        << '\n';
    for (const green::LiftedItem& item : found.items) {
      const green::Item* known = assessment.table->table.find(item.number);
      out << "  " << item.number << "  " << known->first_level << " / " << known->name
          << say_with("  gains {0}, effort {1}", {format_marks(item.gain), format_marks(item.effort)}) << '\n';
    }
  }
  if (found.is_by_count && !found.is_reached_already) {
    out << say_text("The table has no efforts: the fewest items were looked for.") << '\n';
  } else if (!found.without_estimate.empty()) {
    out << say_with("Items without an effort were left out: {0}; with theirs the answer may differ.",
                    {items_text(found.without_estimate)})
        << '\n';
  }
  out << advice() << '\n';
}

json::JsonValue what_if_json(const Assessment& assessment, const green::WhatIf& found) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(assessment.record.id().text()));
  json.add("reached_already", JsonValue::boolean(found.is_reached_already));
  json.add("possible", JsonValue::boolean(found.is_possible));
  json.add("effort", JsonValue::number(format_marks(found.effort)));
  json.add("by_count", JsonValue::boolean(found.is_by_count));
  JsonValue items = JsonValue::array();
  for (const green::LiftedItem& item : found.items) {
    JsonValue one = JsonValue::object();
    one.add("item", JsonValue::integer(item.number));
    one.add("name", JsonValue::string(assessment.table->table.find(item.number)->name));
    one.add("gain", JsonValue::number(format_marks(item.gain)));
    one.add("effort", JsonValue::number(format_marks(item.effort)));
    items.push(std::move(one));
  }
  json.add("items", std::move(items));
  json.add("without_estimate", numbers(found.without_estimate));
  json.add("why_not", JsonValue::strings(found.why_not));
  json.add("advice", JsonValue::string(advice()));
  return json;
}

void print_index(std::ostream& out, const green::Index& index) {
  const auto count = [](std::optional<std::int64_t> value) {
    return value ? std::to_string(*value) : std::string("?");
  };
  const auto marks = [](std::optional<std::int64_t> value) { return value ? format_marks(*value) : std::string("?"); };
  out << index.id << "  " << label_of(records::green_level_enumeration, index.level) << "  " << index.title() << '\n'
      << "  " << index.document() << '\n'
      << say_text("  in force from: ") << day_range(index.from_earliest, index.from_latest) << '\n';
  if (index.to_latest) {
    out << say_text("  in force to: ") << day_range(index.to_earliest, index.to_latest) << '\n';
  }
  out << say_with("  {0} first levels, {1} second, {2} items, {3} marks; line {4}, each first level {5} %",
                  {count(index.first_level_count), count(index.second_level_count), count(index.item_count),
                   marks(index.marks_total), marks(index.pass_total), marks(index.floor_percent)})
      << '\n'
      << "  " << index.line_note() << '\n'
      << say_text("  not verified: ") << index.notes() << '\n';
}

json::JsonValue index_json(const green::Index& index) {
  const auto day = [](std::optional<Day> value) { return value ? JsonValue::string(format_day(*value)) : JsonValue(); };
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(index.id));
  json.add("level", JsonValue::string(code_of(records::green_level_enumeration, index.level)));
  json.add("title", JsonValue::string(index.title()));
  json.add("document", JsonValue::string(index.document()));
  json.add("from_earliest", day(index.from_earliest));
  json.add("from_latest", day(index.from_latest));
  json.add("to_earliest", day(index.to_earliest));
  json.add("to_latest", day(index.to_latest));
  json.add("first_levels", count_json(index.first_level_count));
  json.add("second_levels", count_json(index.second_level_count));
  json.add("items", count_json(index.item_count));
  json.add("marks_total", marks_json(index.marks_total));
  json.add("pass_total", marks_json(index.pass_total));
  json.add("floor_percent", marks_json(index.floor_percent));
  json.add("line_note", JsonValue::string(index.line_note()));
  json.add("notes", JsonValue::string(index.notes()));
  return json;
}

json::JsonValue tier_json(const records::Record& tier) {
  JsonValue json = JsonValue::object();
  json.add("id", JsonValue::string(tier.id().text()));
  json.add("tier",
           JsonValue::string(code_of(records::green_tier_enumeration, tier.integer(records::green_tier::tier))));
  json.add("reason", JsonValue::string(tier.text(records::green_tier::reason)));
  json.add("decided_on", JsonValue::string(tier.display(records::green_tier::decided_on)));
  json.add("decided_by", JsonValue::string(tier.text(records::green_tier::decided_by)));
  return json;
}

std::string tier_text(const records::Record& tier) {
  return tier.display(records::green_tier::tier) + "  " + tier.display(records::green_tier::decided_on) + "  " +
         tier.text(records::green_tier::decided_by) + say(": ").data() + tier.text(records::green_tier::reason);
}

}  // namespace kuangxun::cli
