#include "app/screens/making.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/records/unit_text.h"

namespace kuangxun::screens {

SlotText slot_text(const Making& making, Slot slot, std::string name, std::string label, std::string hint) {
  return {std::move(name), std::move(label), making.slots[slot], slot, std::move(hint)};
}

SlotChoice slot_choice(const Making& making, Slot slot, std::string name, std::string label,
                       std::vector<Option> options) {
  SlotChoice choice{std::move(name), std::move(label), std::move(options), {}, slot};
  const auto found = std::ranges::find(choice.options, making.slots[slot], &Option::text);
  if (found != choice.options.end()) choice.chosen = static_cast<std::size_t>(found - choice.options.begin());
  if (!choice.chosen && !choice.options.empty()) choice.chosen = 0;
  return choice;
}

std::vector<Option> in_order(std::vector<OrderedOption> options) {
  std::ranges::stable_sort(options, {}, &OrderedOption::order);
  std::vector<Option> sorted;
  for (OrderedOption& one : options) sorted.push_back(std::move(one.option));
  return sorted;
}

const std::string& chosen_text(const SlotChoice& choice) {
  static const std::string none;
  return choice.chosen ? choice.options[*choice.chosen].text : none;
}

TextEntry text_entry(const Making& making, const records::Record* record, FieldAddress at, std::string name,
                     bool enabled) {
  const records::FieldDescription& field = *records::kind_of(at.kind).find_field(at.field);
  TextEntry entry;
  entry.name = std::move(name);
  entry.label = records::label_with_unit(field);
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
    entry.options = {{"yes", "true", say_text("yes")}, {"no", "false", say_text("no")}};
  } else {
    entry.options = options_of(*field.enumeration);
  }
  if (record == nullptr || !record->has(field)) return entry;
  const std::string text = records::format_value(field, record->value(field));
  const auto found = std::ranges::find(entry.options, text, &Option::text);
  if (found != entry.options.end()) entry.chosen = static_cast<std::size_t>(found - entry.options.begin());
  return entry;
}

Button void_button(const records::Record& record, std::string name) {
  Button button{std::move(name), say_text("Void…"), {Command::ask_void, record.id(), {}}};
  button.enabled = !record.is_voided();
  return button;
}

std::vector<std::string> hidden_texts(const Making& making, const Uuid& record) {
  std::vector<std::string> texts;
  const auto found = making.known.hidden.find(record);
  if (found == making.known.hidden.end()) return texts;
  for (const inspect::HiddenChange& change : found->second) {
    const history::Operation& operation = change.operation;
    texts.push_back(
        say_with("a change is hidden by the county and does not count ({0}): {1}",
                 {making.known.names.who_text(operation.person, operation.id.writer, operation.time.wall_ms),
                  inspect::hidden_text(change)}));
  }
  return texts;
}

}  // namespace kuangxun::screens
