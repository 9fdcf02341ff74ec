#include "app/ui/draw_controls.h"

#include <algorithm>

#include "app/ui/edit.h"

namespace kuangxun::ui {
namespace {

std::vector<Choice> choices_of(const std::vector<screens::Option>& options) {
  std::vector<Choice> choices;
  for (const screens::Option& option : options) choices.push_back({option.key, option.label, tone_of(option.tone)});
  return choices;
}

void take(Pen& pen, const screens::ChoiceEntry& entry, const std::optional<std::size_t>& pressed) {
  if (pressed && pressed != entry.chosen) {
    pen.intents.push_back(screens::Choose{entry.at, entry.options[*pressed].text});
  }
}

void take(Pen& pen, const screens::SlotChoice& choice, const std::optional<std::size_t>& pressed) {
  if (pressed) pen.intents.push_back(screens::Write{choice.slot, choice.options[*pressed].text});
}

void draw_label(Pen& pen, const std::string& label) {
  if (!label.empty()) text(pen.frame, label, Tone::muted);
}

}  // namespace

void draw_page(Pen& pen, const blocks::Blocks& page) {
  for (blocks::Event& event : draw_blocks(pen.frame, page)) pen.intents.push_back(std::move(event));
}

void draw(Pen& pen, const screens::Button& shown) {
  const ButtonOptions options{.tone = tone_of(shown.tone), .enabled = shown.enabled, .width_px = 0, .hint = shown.hint};
  if (button(pen.frame, shown.name, shown.label, options)) pen.intents.push_back(shown.press);
}

void draw(Pen& pen, const screens::TextEntry& entry) {
  std::string text_now = entry.text;
  const EditOptions options{
      .label = entry.label, .hint = entry.hint, .lines = entry.lines, .width_px = 0, .enabled = entry.enabled};
  const EditResult result = text_input(pen.frame, entry.name, text_now, options);
  if (result.changed) pen.intents.push_back(screens::Type{entry.at, text_now});
  if (result.left) pen.intents.push_back(screens::Leave{entry.at});
  if (!entry.problem.empty()) text(pen.frame, entry.problem, Tone::bad);
}

void draw(Pen& pen, const screens::ChoiceEntry& entry) {
  draw_label(pen, entry.label);
  const std::vector<Choice> choices = choices_of(entry.options);
  take(pen, entry, choose(pen.frame, entry.name, choices, entry.chosen, entry.enabled));
}

void draw_list(Pen& pen, const screens::ChoiceEntry& entry, float width_px) {
  draw_label(pen, entry.label);
  if (!entry.enabled) {
    text(pen.frame, entry.chosen ? std::string_view(entry.options[*entry.chosen].label) : std::string_view("—"));
    return;
  }
  const std::vector<Choice> choices = choices_of(entry.options);
  take(pen, entry, combo(pen.frame, entry.name, choices, entry.chosen, width_px, "—"));
}

void draw(Pen& pen, const screens::SlotText& entry, float width_px) {
  std::string text_now = entry.text;
  const EditOptions options{.label = entry.label, .hint = entry.hint, .lines = 1, .width_px = width_px};
  if (text_input(pen.frame, entry.name, text_now, options).changed) {
    pen.intents.push_back(screens::Write{entry.slot, text_now});
  }
}

void draw(Pen& pen, const screens::SlotChoice& choice) {
  if (choice.options.empty()) return;
  draw_label(pen, choice.label);
  const std::vector<Choice> choices = choices_of(choice.options);
  take(pen, choice, choose(pen.frame, choice.name, choices, choice.chosen));
}

void draw_list(Pen& pen, const screens::SlotChoice& choice, float width_px) {
  if (choice.options.empty()) return;
  draw_label(pen, choice.label);
  const std::vector<Choice> choices = choices_of(choice.options);
  take(pen, choice, combo(pen.frame, choice.name, choices, choice.chosen, width_px));
}

void draw_tabs(Pen& pen, const screens::SlotChoice& choice) {
  const std::vector<Choice> choices = choices_of(choice.options);
  take(pen, choice, tabs(pen.frame, choice.name, choices, choice.chosen.value_or(0)));
}

void draw(Pen& pen, const screens::Fact& fact) {
  field(pen.frame, fact.label, fact.value, fact.note, tone_of(fact.tone), Tone::muted);
}

void draw(Pen& pen, const screens::Badge& shown) {
  if (!shown.word.empty()) badge(pen.frame, tone_of(shown.tone), shown.word);
}

void draw_entries(Pen& pen, std::string_view name, const std::vector<screens::TextEntry>& entries, int wanted) {
  if (entries.empty()) return;
  Columns columns(pen.frame, name, std::max(wanted, static_cast<int>(entries.size())));
  for (const screens::TextEntry& entry : entries) {
    columns.next();
    draw(pen, entry);
  }
}

void draw_buttons(Pen& pen, const std::vector<screens::Button>& buttons) {
  for (std::size_t index = 0; index < buttons.size(); ++index) {
    if (index > 0) same_line(pen.frame);
    draw(pen, buttons[index]);
  }
}

void draw_badges(Pen& pen, const std::vector<screens::Badge>& badges) {
  for (std::size_t index = 0; index < badges.size(); ++index) {
    if (index > 0) same_line(pen.frame);
    draw(pen, badges[index]);
  }
}

void draw_facts(Pen& pen, const std::vector<screens::Fact>& facts) {
  for (const screens::Fact& fact : facts) draw(pen, fact);
}

void draw_section(Pen& pen, std::string_view title) {
  space(pen.frame, 6);
  heading(pen.frame, title);
}

}  // namespace kuangxun::ui
