#include "app/pages/fields.h"

#include <algorithm>

#include "app/inspect/visit/actions.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/plan_note.h"
#include "db/records/unit_text.h"

namespace kuangxun::pages {

using records::FieldDescription;
using records::FieldType;
using records::Record;

FieldAddress address_of(const Record& record, std::string_view field) {
  return {record.id(), record.kind().number, std::string(field)};
}

std::vector<blocks::Option> options_of(const records::EnumerationDescription& enumeration) {
  std::vector<blocks::Option> options;
  for (const records::EnumerationOption& option : enumeration.options) {
    options.push_back(
        {std::string(option.code), std::string(option.code), either_text(option.chinese, option.english)});
  }
  return options;
}

blocks::Entry field_entry(Context& context, const Record* record, FieldAddress at, std::string name, bool enabled) {
  const FieldDescription& field = *records::kind_of(at.kind).find_field(at.field);
  blocks::Entry entry;
  entry.name = std::move(name);
  entry.label = records::label_with_unit(field);
  entry.enabled = enabled;
  entry.lines = field.type == FieldType::long_text ? 3 : 1;
  if (record != nullptr) {
    const std::optional<std::string> typed = context.typing().text_of(record->id(), at.field);
    entry.text = typed ? *typed : records::format_value(field, record->value(field));
    entry.problem = context.typing().problem_of(record->id(), at.field);
    entry.problem_after = [&context, id = record->id(), name_of_field = at.field] {
      return context.typing().problem_of(id, name_of_field);
    };
  }
  entry.write = [&context, at = std::move(at)](const std::string& text) -> Status {
    KX_TRY(written, context.typing().type(context.desk(), at, text));
    if (at.record != written) context.changed();  // it has begun a record
    return {};
  };
  entry.leave = [&context] { return context.typing().leave(context.desk()); };
  return entry;
}

blocks::Choice value_choice(Context& context, FieldAddress at, std::string name, bool enabled) {
  blocks::Choice choice;
  choice.name = std::move(name);
  choice.enabled = enabled;
  choice.choose = [&context, at = std::move(at)](const std::string& text) -> Status {
    KX_TRY(chosen, context.typing().choose(context.desk(), at, text));
    (void)chosen;
    return {};
  };
  return choice;
}

blocks::Choice field_choice(Context& context, const Record* record, FieldAddress at, std::string name, bool enabled) {
  const FieldDescription& field = *records::kind_of(at.kind).find_field(at.field);
  blocks::Choice choice = value_choice(context, at, std::move(name), enabled);
  choice.label = field.label();
  if (field.type == FieldType::boolean) {
    choice.options = {{"yes", "true", say_text("yes")}, {"no", "false", say_text("no")}};
  } else {
    choice.options = options_of(*field.enumeration);
  }
  if (record != nullptr && record->has(field)) {
    const std::string text = records::format_value(field, record->value(field));
    const auto found = std::ranges::find(choice.options, text, &blocks::Option::text);
    if (found != choice.options.end()) choice.chosen = static_cast<std::size_t>(found - choice.options.begin());
  }
  return choice;
}

bool is_choice(const FieldDescription& field) {
  return field.type == FieldType::enumeration || field.type == FieldType::boolean;
}

blocks::Block field_control(Context& context, const Record* record, FieldAddress at, std::string name, bool enabled) {
  const FieldDescription& field = *records::kind_of(at.kind).find_field(at.field);
  if (!is_choice(field)) {
    return {field_entry(context, record, std::move(at), std::move(name), enabled)};
  }
  blocks::Choice choice = field_choice(context, record, std::move(at), std::move(name), enabled);
  choice.look = blocks::Choice::Look::list;
  return {std::move(choice)};
}

blocks::Entry own_entry(std::string& text, std::string name, std::string label, std::string hint) {
  blocks::Entry entry;
  entry.name = std::move(name);
  entry.label = std::move(label);
  entry.text = text;
  entry.hint = std::move(hint);
  entry.write = [&text](const std::string& written) -> Status {
    text = written;
    return {};
  };
  return entry;
}

blocks::Check own_check(bool& is_on, std::string name, std::string label) {
  return {std::move(name), std::move(label), is_on, [&is_on](bool turned) -> Status {
            is_on = turned;
            return {};
          }};
}

blocks::Choice own_choice(std::string& text, std::string name, std::string label, std::vector<blocks::Option> options) {
  blocks::Choice choice;
  choice.name = std::move(name);
  choice.label = std::move(label);
  choice.options = std::move(options);
  const auto found = std::ranges::find(choice.options, text, &blocks::Option::text);
  if (found != choice.options.end()) choice.chosen = static_cast<std::size_t>(found - choice.options.begin());
  if (!choice.chosen && !choice.options.empty()) choice.chosen = 0;
  choice.choose = [&text](const std::string& chosen) -> Status {
    text = chosen;
    return {};
  };
  return choice;
}

const std::string& chosen_text(const blocks::Choice& choice) {
  static const std::string none;
  return choice.chosen ? choice.options[*choice.chosen].text : none;
}

Result<blocks::Button> action_button(Context& context, std::string_view action, const Uuid& subject, std::string name,
                                     blocks::Tone tone) {
  const inspect::Action& found = *inspect::find_action(action);
  KX_TRY(view, context.desk().store.read(subject));
  const Status status = found.check(context.desk(), view);
  blocks::Button button;
  button.name = std::move(name);
  button.label = found.label();
  button.press = [&context, subject, id = found.id]() -> Status {
    KX_TRY(done, inspect::run_action(context.desk(), id, {subject, {}, {}, {}, {}}));
    (void)done;
    return {};
  };
  button.tone = tone;
  button.enabled = status.ok();
  if (!status.ok()) button.hint = status.error().message();
  return button;
}

blocks::Button void_button(Context& context, const Record& record, std::string name) {
  return {std::move(name), say_text("Void…"),
          [&context, id = record.id()]() -> Status {
            context.open_dialog("void", id);
            return {};
          },
          blocks::Tone::plain, !record.is_voided()};
}

bool is_example(const Record& record) {
  return record.kind().find_field(records::common::is_example) != nullptr &&
         record.integer(records::common::is_example) != 0;
}

blocks::Badge example_badge() {
  return {say_text("example"), blocks::Tone::unsure};
}

blocks::Badge sync_badge(history::SyncState state) {
  switch (state) {
    case history::SyncState::on_laptop:
      return {say_text("on this laptop only"), blocks::Tone::unsure};
    case history::SyncState::stored:
      return {say_text("stored at the county"), blocks::Tone::plain};
    case history::SyncState::registers:
      return {say_text("registers"), blocks::Tone::plain};
    case history::SyncState::applied:
      break;
  }
  return {say_text("in the county's tables"), blocks::Tone::good};
}

std::vector<std::string> hidden_texts(Context& context, const Uuid& record) {
  std::vector<std::string> texts;
  const auto found = context.hidden().find(record);
  if (found == context.hidden().end()) return texts;
  for (const inspect::HiddenChange& change : found->second) {
    const history::Operation& operation = change.operation;
    texts.push_back(say_with("a change is hidden by the county and does not count ({0}): {1}",
                             {context.names().who_text(operation.person, operation.id.writer, operation.time.wall_ms),
                              inspect::hidden_text(change)}));
  }
  return texts;
}

Day today_of(Context& context) {
  return day_of(context.desk().clock.now_ms(), context.desk().offset_min);
}

std::string acting_name(Context& context) {
  const std::vector<people::Person>& people = context.here().people;
  const auto found = std::ranges::find(people, context.desk().person, &people::Person::id);
  return found != people.end() && found->has_key_here ? found->name : std::string();
}

std::string note_text(const Record& note) {
  std::string words = either_text(note.text(records::plan_note::text_zh), note.text(records::plan_note::text_en));
  if (words.empty()) words = note.text(records::plan_note::text_zh);
  // The topic is Chinese only.
  if (language() == Language::chinese) words = note.text(records::plan_note::topic) + "：" + words;
  if (note.has(records::plan_note::source)) words += say_with(" ({0})", {note.text(records::plan_note::source)});
  return words;
}

std::filesystem::path path_of(std::string text) {
  if (text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'')) {
    text = text.substr(1, text.size() - 2);
  }
  return std::filesystem::path(text);
}

}  // namespace kuangxun::pages
