#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "db/language/message_id.h"

namespace kuangxun {

// A language that people are spoken to in. English is what stands in the sources; Chinese is compiled in, complete, and
// what every other language falls back to. Numbers from 2 on are further catalogues, by the order of their names.
enum class Language : std::uint8_t { chinese = 0, english = 1 };

// The language people are spoken to in. Set once at start, before any thread; Chinese unless told.
void set_language(Language language);
Language language();
// By its code ("zh", "en", the name of a file in assets/languages); false when there is none.
[[nodiscard]] bool find_language(std::string_view code, Language& found);
// The codes of all, Chinese and English first.
std::vector<std::string> language_codes();

// A further language from the bytes of an .mo file, which must outlive the program's last word; what is wrong with it
// goes into `problems` as finished lines for the log, and what cannot be used is spoken in Chinese. For those that are
// compiled in this happens by itself.
Language add_language(std::string code, std::string_view catalogue, std::vector<std::string>& problems);
// What was wrong with the compiled-in catalogues; empty in a good build.
std::vector<std::string> language_problems();

// The words for `id` in the language that is spoken.
std::string_view say(MessageId id);
std::string say_text(MessageId id);
// With {0}, {1}, … replaced by the arguments, in the order each language wants.
std::string say_with(MessageId id, std::initializer_list<std::string_view> arguments);

// Of two wordings that stand beside each other in data (tables of an office, descriptions of records).
std::string_view either(std::string_view chinese, std::string_view english);
std::string either_text(std::string_view chinese, std::string_view english);

}  // namespace kuangxun
