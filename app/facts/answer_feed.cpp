#include "app/facts/answer_feed.h"

#include "db/language/language.h"

namespace kuangxun::facts {

std::string_view Bilingual::text() const {
  return either(chinese, english);
}

std::string_view name_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::compare:
      return "compare";
    case AnswerKind::question:
      return "question";
    case AnswerKind::text:
      return "text";
    case AnswerKind::number:
      return "number";
    case AnswerKind::choice:
      return "choice";
  }
  return {};
}

void AnswerFeeds::set(const std::string& checklist, const std::string& item, AnswerFeed feed) {
  feeds_[{checklist, item}] = std::move(feed);
}

const AnswerFeed* AnswerFeeds::of(std::string_view checklist, std::string_view item) const {
  const auto found = feeds_.find(std::pair(std::string(checklist), std::string(item)));
  return found == feeds_.end() ? nullptr : &found->second;
}

}  // namespace kuangxun::facts
