#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "db/language/message_id.h"

namespace kuangxun {

enum class Language : std::uint8_t;

// What is to be said, in no language yet: messages with their arguments, two wordings of one thing, and what is the
// same in all languages (a name, a path, a figure), one behind the other. An error is made of it far below, travels
// through threads and stores, and becomes text where somebody reads it, in the language of whoever that is.
class Words {
 public:
  Words() = default;
  // The same in every language. Text that was said already belongs to the language in which it was said: phrase() keeps
  // it open.
  Words(std::string same) {  // NOLINT: a text is words
    if (!same.empty()) parts_.emplace_back(std::move(same));
  }
  Words(std::string_view same) : Words(std::string(same)) {}  // NOLINT
  Words(const char* same) : Words(std::string(same)) {}       // NOLINT

  std::string in(Language language) const;
  // In the language that is spoken here (language()).
  std::string spoken() const;
  bool empty() const { return parts_.empty(); }

  Words& operator+=(const Words& more);
  friend Words operator+(Words first, const Words& second) { return std::move(first += second); }

 private:
  friend Words phrase(MessageId id, std::initializer_list<Words> arguments);
  friend Words either_phrase(std::string_view chinese, std::string_view english);

  struct Message {
    MessageId id;
    std::vector<Words> arguments;
  };
  struct Wordings {
    std::string chinese;
    std::string english;
  };
  using Part = std::variant<std::string, Message, Wordings>;

  std::vector<Part> parts_;
};

// What say(), say_with() and either() say at once, kept to be said later.
Words phrase(MessageId id, std::initializer_list<Words> arguments = {});
Words either_phrase(std::string_view chinese, std::string_view english);

}  // namespace kuangxun
