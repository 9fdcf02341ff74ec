#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/language/message_id.h"

namespace kuangxun {

// A language that people are spoken to in. English is what stands in the sources; Chinese is compiled in, complete, and
// what every other language falls back to. Numbers from 2 on are further catalogues, by the order of their names.
enum class Language : std::uint8_t { chinese = 0, english = 1 };

// The language of whoever is spoken to on this thread: what Speaking says; where nobody does, that of the program's own
// user, which is set once at start, before any other thread; Chinese unless told.
Language language();
void set_language(Language language);

// For as long as it lives, this thread speaks to somebody who reads that language: a person at a desk who is served by
// the same process as another, a paper for an office. The innermost counts; they end in the reverse of their beginning.
class Speaking {
 public:
  explicit Speaking(Language language);
  ~Speaking();
  Speaking(const Speaking&) = delete;
  Speaking& operator=(const Speaking&) = delete;

 private:
  std::optional<Language> before_;
};

// By its code ("zh", "en", the name of a file in assets/languages).
std::optional<Language> find_language(std::string_view code);
// The codes of all, Chinese and English first.
std::vector<std::string> language_codes();

// A further language from the bytes of an .mo file, which must outlive the program's last word; what is wrong with it
// goes into `problems` as finished lines for the log, and what cannot be used is spoken in Chinese. For those that are
// compiled in this happens by itself.
Language add_language(std::string code, std::string_view catalogue, std::vector<std::string>& problems);
// What was wrong with the compiled-in catalogues; empty in a good build.
std::vector<std::string> language_problems();

// The words for `id` in the language that is spoken, or in another.
std::string_view say(MessageId id);
std::string_view say(MessageId id, Language language);
std::string say_text(MessageId id);
// With {0}, {1}, … replaced by the arguments, in the order each language wants.
std::string say_with(MessageId id, std::initializer_list<std::string_view> arguments);
std::string fill(std::string_view pattern, std::span<const std::string> arguments);

// Of two wordings that stand beside each other in data (tables of an office, descriptions of records).
std::string_view either(std::string_view chinese, std::string_view english);
std::string_view either(std::string_view chinese, std::string_view english, Language language);
std::string either_text(std::string_view chinese, std::string_view english);

}  // namespace kuangxun
