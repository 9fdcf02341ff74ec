#include "db/base/language.h"

namespace kuangxun {
namespace {
Language chosen = Language::chinese;
}

void set_language(Language language) {
  chosen = language;
}
Language language() {
  return chosen;
}

std::string_view say(std::string_view chinese, std::string_view english) {
  return chosen == Language::chinese ? chinese : english;
}

std::string say_text(std::string_view chinese, std::string_view english) {
  return std::string(say(chinese, english));
}

std::string say_with(std::string_view chinese, std::string_view english,
                     std::initializer_list<std::string_view> arguments) {
  const std::string_view pattern = say(chinese, english);
  std::string text;
  std::size_t length = pattern.size();
  for (const std::string_view argument : arguments) length += argument.size();
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

}  // namespace kuangxun
