#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "app/facts/fact.h"

namespace kuangxun::facts {

struct Bilingual {
  std::string chinese;
  std::string english;
  bool is_empty() const { return chinese.empty() && english.empty(); }
  std::string_view text() const;  // in the language of the day
};

// How an item of a checklist is answered.
enum class AnswerKind : std::uint8_t {
  compare,   // three columns: the licence says, published, seen on site; and whether they agree
  question,  // yes, no, not applicable, cannot tell
  text,      // what was seen, in words
  number,    // a figure, in the item's unit
  choice,    // one of the item's own choices
};
std::string_view name_of(AnswerKind kind);  // "compare"

// The fact that a checklist answer gives.
struct AnswerFeed {
  std::size_t fact = 0;
  AnswerKind answer = AnswerKind::question;  // as the item asks: yes or no, a figure, a choice
  bool yes_means = true;
  Bilingual unit;  // of a figure
};

// All of them, by checklist and item.
class AnswerFeeds {
 public:
  void set(const std::string& checklist, const std::string& item, AnswerFeed feed);
  // Absent when the item gives no fact.
  const AnswerFeed* of(std::string_view checklist, std::string_view item) const;
  std::size_t size() const { return feeds_.size(); }

 private:
  std::map<std::pair<std::string, std::string>, AnswerFeed> feeds_;
};

// What is asked of each place, and which answers of people give some of it. Borrowed from the catalogue whose rules
// ask.
struct AskedFacts {
  const FactDictionary& dictionary;
  const AnswerFeeds& feeds;
};

}  // namespace kuangxun::facts
