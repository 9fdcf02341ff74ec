#pragma once

#include <filesystem>

#include "app/pages/context.h"
#include "db/records/kinds.h"
#include "db/records/record.h"

// The pieces that pages are made of: fields of records as controls that enter what is typed, and the few words that
// all pages share.
namespace kuangxun::pages {

FieldAddress address_of(const records::Record& record, std::string_view field);
std::vector<blocks::Option> options_of(const records::EnumerationDescription& enumeration);

// A field of a record, or of one that `at` would begin. Not enabled: shown as it stands.
blocks::Entry field_entry(Context& context, const records::Record* record, FieldAddress at, std::string name,
                          bool enabled);
blocks::Choice field_choice(Context& context, const records::Record* record, FieldAddress at, std::string name,
                            bool enabled);

// Whether it is chosen and not typed.
bool is_choice(const records::FieldDescription& field);
// Whichever of both its type asks for.
blocks::Block field_control(Context& context, const records::Record* record, FieldAddress at, std::string name,
                            bool enabled);

// The same for a field that is no choice by its kind, with options of the page's own: their texts are entered.
blocks::Choice value_choice(Context& context, FieldAddress at, std::string name, bool enabled);

// What a page keeps itself: `text` must live as long as the page.
blocks::Entry own_entry(std::string& text, std::string name, std::string label, std::string hint = {});
blocks::Check own_check(bool& is_on, std::string name, std::string label);
// The first option when `text` holds none of them.
blocks::Choice own_choice(std::string& text, std::string name, std::string label, std::vector<blocks::Option> options);
// The text of the chosen option; empty when there is none.
const std::string& chosen_text(const blocks::Choice& choice);

// An action of app/inspect as a button that says why it cannot be pressed.
Result<blocks::Button> action_button(Context& context, std::string_view action, const Uuid& subject, std::string name,
                                     blocks::Tone tone = blocks::Tone::plain);
blocks::Button void_button(Context& context, const records::Record& record, std::string name);
bool is_example(const records::Record& record);
blocks::Badge example_badge();
blocks::Badge sync_badge(history::SyncState state);
// What the county hides of a record, a sentence each.
std::vector<std::string> hidden_texts(Context& context, const Uuid& record);
Day today_of(Context& context);
// The enrolled person who acts; empty: nobody is enrolled here, and an id is nobody's name.
std::string acting_name(Context& context);
// A note on the plan's text, with its source.
std::string note_text(const records::Record& note);
// A person may paste a path in quotes.
std::filesystem::path path_of(std::string text);

}  // namespace kuangxun::pages
