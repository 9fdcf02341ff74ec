#include "db/language/language.h"

#include <deque>
#include <utility>

#include "db/language/catalogue.h"
#include "db/language/embedded.h"

namespace kuangxun {
namespace {

struct Known {
  std::string code;
  Catalogue catalogue;
};

std::vector<std::string>& problems_of_build() {
  static std::vector<std::string> problems;
  return problems;
}

// Never moved once they are there: words are handed out as views. Chinese and English are always the first two.
std::deque<Known>& languages() {
  static std::deque<Known> known = [] {
    std::deque<Known> made(2);
    made[0].code = "zh";
    made[1].code = "en";
    for (const EmbeddedCatalogue& embedded : embedded_catalogues()) {
      if (embedded.code == "en") continue;
      Known& language = embedded.code == "zh" ? made[0] : made.emplace_back();
      language = {std::string(embedded.code), Catalogue(embedded.bytes)};
      for (const std::string& problem : language.catalogue.problems())
        problems_of_build().push_back(language.code + ": " + problem);
    }
    return made;
  }();
  return known;
}

Language of_the_program = Language::chinese;
thread_local std::optional<Language> spoken_here;

std::string_view find(Language in, std::uint64_t hash) {
  return languages()[static_cast<std::size_t>(in)].catalogue.find(hash);
}

// Any kinds of text as arguments.
template <class Arguments>
std::string filled(std::string_view pattern, const Arguments& arguments) {
  std::string text;
  std::size_t length = pattern.size();
  for (const auto& argument : arguments) length += argument.size();
  text.reserve(length);
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t brace = pattern.find('{', at);
    text += pattern.substr(at, brace - at);
    if (brace == std::string_view::npos) break;
    const bool placeholder = brace + 2 < pattern.size() && pattern[brace + 2] == '}' && pattern[brace + 1] >= '0' &&
                             pattern[brace + 1] <= '9';
    if (placeholder) {
      const auto index = static_cast<std::size_t>(pattern[brace + 1] - '0');
      if (index < arguments.size()) text += *(arguments.begin() + index);
    } else {
      text += '{';
    }
    at = brace + (placeholder ? 3 : 1);
  }
  return text;
}

}  // namespace

void set_language(Language language) {
  of_the_program = language;
}
Language language() {
  return spoken_here.value_or(of_the_program);
}

Speaking::Speaking(Language language) : before_(std::exchange(spoken_here, language)) {}
Speaking::~Speaking() {
  spoken_here = before_;
}

std::optional<Language> find_language(std::string_view code) {
  for (std::size_t i = 0; i < languages().size(); ++i) {
    if (languages()[i].code == code) return static_cast<Language>(i);
  }
  return std::nullopt;
}

std::vector<std::string> language_codes() {
  std::vector<std::string> codes;
  for (const Known& known : languages()) codes.push_back(known.code);
  return codes;
}

Language add_language(std::string code, std::string_view catalogue, std::vector<std::string>& problems) {
  Known& added = languages().emplace_back(std::move(code), Catalogue(catalogue));
  for (const std::string& problem : added.catalogue.problems()) problems.push_back(added.code + ": " + problem);
  return static_cast<Language>(languages().size() - 1);
}

std::vector<std::string> language_problems() {
  languages();
  return problems_of_build();
}

// A language that lacks a message speaks Chinese for it: whoever reads it works in a Chinese office. English stands in
// the sources and lacks nothing.
std::string_view say(MessageId id, Language language) {
  if (language == Language::english) return id.english();
  if (const std::string_view words = find(language, id.hash()); !words.empty()) return words;
  const std::string_view chinese = find(Language::chinese, id.hash());
  return chinese.empty() ? id.english() : chinese;
}

std::string_view say(MessageId id) {
  return say(id, language());
}

std::string say_text(MessageId id) {
  return std::string(say(id));
}

std::string say_with(MessageId id, std::initializer_list<std::string_view> arguments) {
  return filled(say(id), arguments);
}

std::string fill(std::string_view pattern, std::span<const std::string> arguments) {
  return filled(pattern, arguments);
}

std::string_view either(std::string_view chinese, std::string_view english, Language language) {
  if (language == Language::chinese) return chinese;
  if (language == Language::english) return english;
  const std::string_view words = find(language, message_hash(english));
  return words.empty() ? chinese : words;
}

std::string_view either(std::string_view chinese, std::string_view english) {
  return either(chinese, english, language());
}

std::string either_text(std::string_view chinese, std::string_view english) {
  return std::string(either(chinese, english));
}

}  // namespace kuangxun
