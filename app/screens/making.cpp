#include "app/screens/making.h"

#include <algorithm>

#include "app/inspect/actions.h"
#include "db/base/language.h"

namespace kuangxun::screens {

Badge example_badge() {
  return {say_text("示例", "example"), Tone::unsure};
}

bool is_example(const records::Record& record) {
  return record.kind().find_field("is_example") != nullptr && record.integer("is_example") != 0;
}

Badge sync_badge(history::SyncState state) {
  switch (state) {
    case history::SyncState::on_laptop:
      return {say_text("只在本机", "on this laptop only"), Tone::unsure};
    case history::SyncState::stored:
      return {say_text("县里已存", "stored at the county"), Tone::plain};
    case history::SyncState::registers:
      return {say_text("登记底册", "registers"), Tone::plain};
    case history::SyncState::applied:
      break;
  }
  return {say_text("县库已有", "in the county's tables"), Tone::good};
}

std::string minute_text(const records::Record& record, std::string_view field) {
  return record.has(field) ? format_minute(record.integer(field), beijing_offset_min) : std::string();
}

SlotText slot_text(const Making& making, Slot slot, std::string name, std::string label, std::string hint) {
  return {std::move(name), std::move(label), making.slots[slot], slot, std::move(hint)};
}

SlotCheck slot_check(const Making& making, Slot slot, std::string name, std::string label) {
  return {std::move(name), std::move(label), making.slots.is_on(slot), slot};
}

SlotChoice slot_choice(const Making& making, Slot slot, std::string name, std::string label,
                       std::vector<Option> options) {
  SlotChoice choice{std::move(name), std::move(label), std::move(options), {}, slot};
  const auto found = std::ranges::find(choice.options, making.slots[slot], &Option::text);
  if (found != choice.options.end()) choice.chosen = static_cast<std::size_t>(found - choice.options.begin());
  if (!choice.chosen && !choice.options.empty()) choice.chosen = 0;
  return choice;
}

const std::string& chosen_text(const SlotChoice& choice) {
  static const std::string none;
  return choice.chosen ? choice.options[*choice.chosen].text : none;
}

std::vector<Option> options_of(const records::EnumerationDescription& enumeration) {
  std::vector<Option> options;
  for (const records::EnumerationOption& option : enumeration.options) {
    options.push_back({std::string(option.code), std::string(option.code), say_text(option.chinese, option.english)});
  }
  return options;
}

TextEntry text_entry(const Making& making, const records::Record* record, FieldAddress at, std::string name,
                     bool enabled) {
  const records::FieldDescription& field = *records::kind_of(at.kind).find_field(at.field);
  TextEntry entry;
  entry.name = std::move(name);
  entry.label = field.label();
  if (!field.unit.empty()) entry.label += say_with("（{0}）", " ({0})", {field.unit});
  if (record != nullptr) {
    const std::optional<std::string> typed = making.typing.text_of(record->id(), at.field);
    entry.text = typed ? *typed : records::format_value(field, record->value(field));
    entry.problem = making.typing.problem_of(record->id(), at.field);
  }
  entry.at = std::move(at);
  entry.enabled = enabled;
  entry.lines = field.type == records::FieldType::long_text ? 3 : 1;
  return entry;
}

ChoiceEntry choice_entry(const Making&, const records::Record* record, FieldAddress at, std::string name,
                         bool enabled) {
  const records::FieldDescription& field = *records::kind_of(at.kind).find_field(at.field);
  ChoiceEntry entry{std::move(name), std::string(field.label()), {}, {}, at, enabled};
  if (field.type == records::FieldType::boolean) {
    entry.options = {{"yes", "true", say_text("是", "yes")}, {"no", "false", say_text("否", "no")}};
  } else {
    entry.options = options_of(*field.enumeration);
  }
  if (record == nullptr || !record->has(at.field)) return entry;
  const std::string text = records::format_value(field, record->value(field));
  const auto found = std::ranges::find(entry.options, text, &Option::text);
  if (found != entry.options.end()) entry.chosen = static_cast<std::size_t>(found - entry.options.begin());
  return entry;
}

FieldAddress address_of(const records::Record& record, std::string_view field) {
  return {record.id(), record.kind().number, std::string(field)};
}

Result<Button> action_button(const Making& making, std::string_view action, const Uuid& subject, std::string name,
                             Tone tone) {
  const inspect::Action& found = *inspect::find_action(action);
  KX_TRY(view, making.store().read(subject));
  const Status status = found.check(making.world.desk, view);
  Button button{std::move(name), found.label(), {Command::act, subject, std::string(action)}, tone};
  button.enabled = status.ok();
  if (!status.ok()) button.hint = status.error().message();
  return button;
}

Button void_button(const records::Record& record, std::string name) {
  Button button{std::move(name), say_text("作废…", "Void…"), {Command::ask_void, record.id(), {}}};
  button.enabled = !record.is_voided();
  return button;
}

}  // namespace kuangxun::screens
