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
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool placeholder = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                             pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    if (!placeholder) {
      text += pattern[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index < arguments.size()) text += *(arguments.begin() + index);
    i += 2;
  }
  return text;
}

}  // namespace kuangxun
