#include <algorithm>

#include "app/screens/green_items.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_table.h"
#include "db/records/kinds_green.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using green::Assessment;
using green::format_marks;
using green::Item;
using green::ItemScore;
using records::Record;

const ItemScore* score_of(const Assessment& assessment, std::int64_t number) {
  const auto found = assessment.scores.find(number);
  return found == assessment.scores.end() ? nullptr : &found->second;
}

bool is_entered(const Assessment& assessment, std::int64_t number) {
  const ItemScore* score = score_of(assessment, number);
  return score != nullptr && score->is_entered();
}

Badge badge_of(const Item* item, const ItemScore* score) {
  if (score == nullptr) return {say_text("not entered"), Tone::unsure};
  if (score->is_contradictory) return {say_text("entered in two ways"), Tone::bad};
  if (!score->is_entered()) return {say_text("not entered"), Tone::unsure};
  if (score->is_not_applicable) return {say_text("does not apply"), Tone::muted};
  if (item != nullptr && item->is_veto && score->is_met) {
    return *score->is_met ? Badge{say_text("met"), Tone::good} : Badge{say_text("not met"), Tone::bad};
  }
  if (!score->marks) return {*score->is_met ? say_text("yes") : say_text("no"), Tone::plain};
  std::string word = format_marks(*score->marks);
  if (item != nullptr) word += " / " + format_marks(item->full_marks.value_or(0));
  return {word, Tone::plain};
}

Row row_of(const Assessment& assessment, std::int64_t number, const Item* item, const std::string& chosen) {
  const std::string code = std::to_string(number);
  Row row{"green.item." + code, say_with("Item {0}", {code}), {}, {}, {}, chosen == code};
  if (item != nullptr) {
    row.title = code + "　" + item->name;
    row.detail = item->first_level + " / " + item->second_level;
    if (item->is_veto) row.detail += say_text("  veto");
  }
  row.badge = badge_of(item, score_of(assessment, number));
  row.press = {Command::choose_item, assessment.record.id(), code};
  return row;
}

void add_rows(const Making& making, const Assessment& assessment, GreenItemsView& items) {
  const std::string& chosen = making.slots[Slot::green_item];
  const bool only_open = making.slots.is_on(Slot::only_open_items);
  if (assessment.table) {
    for (const Item& item : assessment.table->table.items) {
      if (only_open && is_entered(assessment, item.number)) continue;
      items.rows.push_back(row_of(assessment, item.number, &item, chosen));
    }
    return;
  }
  for (const auto& [number, score] : assessment.scores) {
    if (score.is_entered() || score.is_contradictory) items.rows.push_back(row_of(assessment, number, nullptr, chosen));
  }
}

Button entry_button(const Assessment& assessment, std::string name, std::string label, std::string detail) {
  return {"green.enter." + name, std::move(label), {Command::enter_item, assessment.record.id(), std::move(detail)}};
}

void add_entry_buttons(const Making& making, const Assessment& assessment, const Item* item, GreenItemsView& items) {
  const std::string& chosen = making.slots[Slot::green_item];
  const bool is_veto = item != nullptr && item->is_veto;
  const bool has_marks = item == nullptr || item->full_marks.value_or(0) > 0;
  if (has_marks) {
    Button record = entry_button(assessment, "marks", say_text("Record the marks"), "");
    record.tone = Tone::accent;
    record.enabled = !chosen.empty() && !making.slots[Slot::green_marks].empty();
    if (!record.enabled) record.hint = say_text("enter the marks first");
    items.buttons.push_back(std::move(record));
  }
  if (is_veto) {
    items.buttons.push_back(entry_button(assessment, "yes", say_text("Met"), "yes"));
    items.buttons.push_back(entry_button(assessment, "no", say_text("Not met"), "no"));
  }
  Button not_applicable = entry_button(assessment, "na", say_text("Does not apply"), "na");
  not_applicable.hint = say_text(
      "how items that do not apply count is set below; while it is not, all three ways are "
      "shown");
  not_applicable.enabled = !chosen.empty();
  items.buttons.push_back(std::move(not_applicable));
  Button clear = entry_button(assessment, "clear", say_text("Back to not entered"), "clear");
  clear.enabled = item == nullptr ? !chosen.empty() : score_of(assessment, item->number) != nullptr;
  items.buttons.push_back(std::move(clear));
}

// By the number as the store writes it.
const Item* chosen_item(const Making& making, const Assessment& assessment) {
  if (!assessment.table) return nullptr;
  const auto& all = assessment.table->table.items;
  const auto found = std::ranges::find_if(
      all, [&](const Item& item) { return std::to_string(item.number) == making.slots[Slot::green_item]; });
  return found == all.end() ? nullptr : &*found;
}

ChoiceEntry table_choice(const Assessment& assessment, const std::vector<green::StoredTable>& tables) {
  const records::FieldDescription& field = *assessment.record.kind().find_field(records::green_assessment::item_table);
  ChoiceEntry choice{"green.item_table",
                     std::string(field.label()),
                     {},
                     {},
                     address_of(assessment.record, records::green_assessment::item_table)};
  for (const green::StoredTable& table : tables) {
    std::string label = table.record.text(records::green_table::label);
    if (!table.gaps.empty()) label += say_text(" (incomplete)");
    if (table.is_invented()) label += say_text(" (invented)");
    const std::string id = table.record.id().text();
    if (assessment.record.reference(records::green_assessment::item_table) == table.record.id())
      choice.chosen = choice.options.size();
    choice.options.push_back({id, id, std::move(label)});
  }
  return choice;
}

// Absent fields of a step's form: the label, and the slot that holds what is typed.
SlotText step_text(const Making& making, Slot slot, std::string_view field, std::string hint = {}) {
  const records::FieldDescription& described = *records::kind_of(kinds::green_step).find_field(field);
  std::string label(described.label());
  return slot_text(making, slot, "green.step." + std::string(field), std::move(label), std::move(hint));
}

}  // namespace

std::optional<std::string> next_open_item(const Assessment& assessment, std::string_view after) {
  if (!assessment.table) return std::nullopt;
  const auto& all = assessment.table->table.items;
  const auto here = std::ranges::find_if(all, [&](const Item& item) { return std::to_string(item.number) == after; });
  const auto is_open = [&](const Item& item) { return !is_entered(assessment, item.number); };
  auto next = std::find_if(here, all.end(), is_open);
  if (next == all.end()) next = std::find_if(all.begin(), here, is_open);
  if (next == here || next == all.end()) return std::nullopt;
  return std::to_string(next->number);
}

GreenStepWords step_words(const Making& making) {
  GreenStepWords words{making.slots[Slot::green_step], making.slots[Slot::green_step_on],
                       making.slots[Slot::green_step_by]};
  if (words.done_on.empty()) words.done_on = format_day(making.today());
  if (words.done_by.empty()) words.done_by = acting_name(making);
  return words;
}

Status add_items(const Making& making, const Assessment& assessment, GreenView& view) {
  GreenItemsView& items = view.items;
  items.standing = green::entered_text(assessment);
  items.only_open = slot_check(making, Slot::only_open_items, "green.only_open", say_text("Only open ones"));
  add_rows(making, assessment, items);
  const std::string& chosen = making.slots[Slot::green_item];
  const Item* item = chosen_item(making, assessment);
  if (!assessment.table) {
    items.number = slot_text(making, Slot::green_item, "green.item.number", say_text("Number of the item"));
    items.title = say_text("Enter by number");
    items.notes.push_back(
        say_text("There is no item table: marks go by the number of the official text and are not "
                 "held against the full marks."));
  } else if (item != nullptr) {
    items.title = chosen + "　" + item->name;
    if (item->full_marks) items.title += say_with(" (of {0})", {format_marks(*item->full_marks)});
    if (!item->scoring.empty()) items.notes.push_back(say_text("Marked by: ") + item->scoring);
    if (!item->evidence.empty()) items.notes.push_back(say_text("Proved by: ") + item->evidence);
  } else {
    return {};
  }
  items.marks = slot_text(making, Slot::green_marks, "green.item.marks", say_text("Marks"));
  items.evidence = slot_text(making, Slot::green_evidence, "green.item.evidence", say_text("Evidence, remark"));
  add_entry_buttons(making, assessment, item, items);
  return {};
}

Status add_settings(const Making& making, const Assessment& assessment, GreenView& view) {
  KX_TRY(tables, green::tables_of(making.store(), *making.world.green, assessment.index->id));
  if (!tables.empty()) view.settings.choices.push_back(table_choice(assessment, tables));
  if (!assessment.table) return {};
  const Record& record = assessment.record;
  view.settings.choices.push_back(
      choice_entry(making, &record, address_of(record, records::common::na_rule), "green.na_rule", true));
  view.settings.choices.back().options.push_back({"none", "", say_text("(not decided)")});
  for (const std::string_view field : {"na_source", "pass_total", "floor_percent", "line_source"}) {
    view.settings.entries.push_back(
        text_entry(making, &record, address_of(record, field), "green." + std::string(field), true));
  }
  return {};
}

void add_step_form(const Making& making, const Assessment& assessment, GreenView& view) {
  const GreenStepWords words = step_words(making);
  GreenStepForm& form = view.step_form;
  form.step = slot_choice(making, Slot::green_step, "green.step", say_text("Step"),
                          options_of(records::green_step_enumeration));
  if (words.step.empty()) form.step.chosen.reset();
  form.entries = {step_text(making, Slot::green_step_on, "done_on", words.done_on),
                  step_text(making, Slot::green_step_by, "done_by", words.done_by),
                  step_text(making, Slot::green_document, "document", say_text("its name and number")),
                  step_text(making, Slot::green_result, "result", say_text("what the paper says"))};
  if (words.is_third_party()) {
    form.team = {step_text(making, Slot::green_team, "team_size"),
                 step_text(making, Slot::green_intermediate, "team_intermediate"),
                 step_text(making, Slot::green_senior, "team_senior")};
    form.leader =
        slot_choice(making, Slot::green_leader, "green.step.leader", say_text("The leader is full-time staff"),
                    {{"yes", "true", say_text("yes")}, {"no", "false", say_text("no")}});
    if (making.slots[Slot::green_leader].empty()) form.leader->chosen.reset();
  }
  form.add = {"green.step.add", say_text("Record the step"), {Command::add_step, assessment.record.id(), {}}};
  form.add.enabled = !words.step.empty() && !words.done_by.empty();
  if (words.done_by.empty()) form.add.hint = say_text("say by whom first");
  if (words.step.empty()) form.add.hint = say_text("choose the step first");
}

void add_what_if(const GreenKnown& known, GreenView& view) {
  const Assessment& assessment = known.assessments.front();
  if (!assessment.standing) return;
  GreenWhatIfView shown;
  if (!known.what_if) {
    shown.summary = say_text("It cannot be determined yet: ") + known.no_what_if;
    view.what_if = std::move(shown);
    return;
  }
  const green::WhatIf& found = *known.what_if;
  if (found.is_reached_already) {
    shown.summary = say_text("The marks are not below the line and the floors already; nothing needs lifting.");
  } else if (!found.is_possible) {
    shown.summary = say_text("Lifting all that can be lifted does not reach the lines:");
    shown.notes = found.why_not;
  } else {
    shown.summary = say_with("Bringing these {0} items to their full marks, effort {1} in all, is a cheapest way:",
                             {std::to_string(found.items.size()), format_marks(found.effort)});
  }
  for (const green::LiftedItem& item : found.items) {
    const Item* known_item = assessment.table->table.find(item.number);
    shown.items.push_back({std::to_string(item.number) + "　" + known_item->name,
                           say_with("gains {0}, effort {1}", {format_marks(item.gain), format_marks(item.effort)}),
                           known_item->first_level});
  }
  if (found.is_by_count && !found.is_reached_already) {
    shown.notes.push_back(say_text("The table has no efforts: the fewest items were looked for."));
  } else if (!found.without_estimate.empty()) {
    std::vector<std::string> numbers;
    for (const std::int64_t number : found.without_estimate) numbers.push_back(std::to_string(number));
    shown.notes.push_back(say_with("Items without an effort were left out: {0}; with theirs the answer may differ.",
                                   {join(numbers, say(", "))}));
  }
  view.what_if = std::move(shown);
}

}  // namespace kuangxun::screens
