#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/language/language.h"

namespace kuangxun::ui {
namespace {

constexpr int figure_columns = 3;
constexpr float items_height = 340;
constexpr float choice_width = 300;

void draw_tier(Pen& pen, const screens::GreenView& view) {
  draw_section(pen, say("Tier (set by a person)"));
  if (view.tiers.empty()) text(pen.frame, say("Not set."), Tone::muted);
  draw_facts(pen, view.tiers);
  draw(pen, view.tier);
  {
    Columns columns(pen.frame, "green.decision", 2);
    columns.next();
    draw(pen, view.reason);
    columns.next();
    draw(pen, view.by);
  }
  draw(pen, view.set_tier);
}

void draw_precondition(Pen& pen, const screens::GreenPrecondition& precondition) {
  draw(pen, precondition.verdict);
  same_line(pen.frame);
  text(pen.frame, precondition.title);
  for (const screens::GreenQuestion& question : precondition.questions) {
    text(pen.frame, question.text);
    if (!question.where.empty()) text(pen.frame, question.where, Tone::muted);
    if (question.answer) draw(pen, *question.answer);
    if (question.figure) {
      Columns columns(pen.frame, question.figure->name, figure_columns);
      columns.next();
      draw(pen, *question.figure);
    }
  }
  separator(pen.frame);
}

void draw_item_form(Pen& pen, const screens::GreenItemsView& items) {
  if (items.title.empty()) {
    text(pen.frame, say("Choose an item on the left."), Tone::muted);
    return;
  }
  text(pen.frame, items.title);
  for (const std::string& note : items.notes) text(pen.frame, note, Tone::muted);
  if (items.number) draw(pen, *items.number);
  draw(pen, items.marks);
  draw(pen, items.evidence);
  draw_buttons(pen, items.buttons);
}

void draw_items(Pen& pen, const screens::GreenItemsView& items) {
  text(pen.frame, items.standing);
  if (!items.rows.empty() || items.only_open.checked) {
    same_line(pen.frame);
    draw(pen, items.only_open);
  }
  const float height = items_height * pen.frame.scale();
  const float width = (available_width_px(pen.frame) - spacing_px(pen.frame)) / 2;
  if (!items.rows.empty()) {
    {
      const Area list(pen.frame, "green.items", {.width_px = width, .height_px = height});
      for (const screens::Row& row : items.rows) draw(pen, row);
    }
    same_line(pen.frame);
  }
  const Area form(pen.frame, "green.item.form", {.height_px = height});
  draw_item_form(pen, items);
}

void draw_settings(Pen& pen, const screens::GreenSettingsView& settings) {
  if (settings.choices.empty() && settings.entries.empty()) return;
  draw_section(pen, say("Table, lines, items that do not apply (by the office)"));
  {
    Columns columns(pen.frame, "green.settings", static_cast<int>(settings.choices.size()));
    for (const screens::ChoiceEntry& choice : settings.choices) {
      columns.next();
      draw_list(pen, choice, choice_width);
    }
  }
  draw_entries(pen, "green.lines", settings.entries);
}

void draw_what_if(Pen& pen, const screens::GreenWhatIfView& what_if) {
  draw_section(pen, say("What would lift it"));
  text(pen.frame, what_if.summary);
  draw_facts(pen, what_if.items);
  for (const std::string& note : what_if.notes) text(pen.frame, note, Tone::muted);
}

void draw_slots(Pen& pen, std::string_view name, const std::vector<screens::SlotText>& slots) {
  if (slots.empty()) return;
  Columns columns(pen.frame, name, static_cast<int>(slots.size()));
  for (const screens::SlotText& slot : slots) {
    columns.next();
    draw(pen, slot);
  }
}

void draw_steps(Pen& pen, const screens::GreenView& view) {
  if (view.steps.empty()) text(pen.frame, say("No steps yet."), Tone::muted);
  for (const screens::GreenStepView& step : view.steps) {
    draw(pen, step.fact);
    draw(pen, step.void_it);
  }
  const screens::GreenStepForm& form = view.step_form;
  draw(pen, form.step);
  draw_slots(pen, "green.step.entries", form.entries);
  draw_slots(pen, "green.step.team", form.team);
  if (form.leader) draw(pen, *form.leader);
  draw(pen, form.add);
}

void draw_overview(Pen& pen, const screens::GreenView& view) {
  draw_tier(pen, view);
  draw_section(pen, view.title.empty() ? say("Assessment") : std::string_view(view.title));
  if (view.title.empty()) text(pen.frame, say("No assessment yet."), Tone::muted);
  draw_facts(pen, view.facts);
  draw_buttons(pen, view.begin);
  if (view.void_it) {
    same_line(pen.frame);
    draw(pen, *view.void_it);
  }
  if (view.earlier.empty()) return;
  draw_section(pen, say("Earlier assessments"));
  draw_facts(pen, view.earlier);
}

void draw_marks(Pen& pen, const screens::GreenView& view) {
  draw_section(pen, say("Marks"));
  text(pen.frame, view.items.standing);
  for (const std::string& why : view.no_total) text(pen.frame, why, Tone::unsure);
  draw_facts(pen, view.sums);
  if (view.what_if) draw_what_if(pen, *view.what_if);
}

}  // namespace

void draw_green(Pen& pen, const screens::GreenView& view) {
  draw(pen, view.parts);
  const std::string& part = view.parts.options[view.parts.chosen.value_or(0)].key;
  if (part != "items" && part != "steps") text(pen.frame, view.advice, Tone::muted);
  if (part != "tier" && part != "clauses") text(pen.frame, view.title);
  for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  if (view.page != nullptr) {
    draw_page(pen, *view.page);
  } else if (part == "preconditions") {
    for (const screens::GreenPrecondition& one : view.preconditions) draw_precondition(pen, one);
  } else if (part == "items") {
    draw_items(pen, view.items);
    draw_settings(pen, view.settings);
  } else if (part == "marks") {
    draw_marks(pen, view);
  } else if (part == "steps") {
    draw_steps(pen, view);
  } else {
    draw_overview(pen, view);
  }
}

}  // namespace kuangxun::ui
