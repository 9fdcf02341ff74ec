#include "db/language/words.h"

#include "db/language/language.h"

namespace kuangxun {

Words phrase(MessageId id, std::initializer_list<Words> arguments) {
  Words words;
  words.parts_.emplace_back(Words::Message{id, arguments});
  return words;
}

Words either_phrase(std::string_view chinese, std::string_view english) {
  Words words;
  words.parts_.emplace_back(Words::Wordings{std::string(chinese), std::string(english)});
  return words;
}

Words& Words::operator+=(const Words& more) {
  parts_.insert(parts_.end(), more.parts_.begin(), more.parts_.end());
  return *this;
}

std::string Words::spoken() const {
  return in(language());
}

std::string Words::in(Language language) const {
  std::string text;
  for (const Part& part : parts_) {
    if (const auto* same = std::get_if<std::string>(&part)) {
      text += *same;
    } else if (const auto* two = std::get_if<Wordings>(&part)) {
      text += either(two->chinese, two->english, language);
    } else {
      const Message& message = std::get<Message>(part);
      std::vector<std::string> arguments;
      for (const Words& argument : message.arguments) arguments.push_back(argument.in(language));
      text += fill(say(message.id, language), arguments);
    }
  }
  return text;
}

}  // namespace kuangxun
