#pragma once

#include <optional>
#include <vector>

#include "sync/engine/step.h"

namespace kuangxun::engine {

// Photos of which the county is asked whether it has them.
class PhotoQuestions {
 public:
  void begin(std::vector<wire::AttachmentName> names) { left_ = std::move(names); }
  void clear() { left_.clear(); }
  // The next question, about no more photos than a message of that size holds; none when all were asked about.
  std::optional<Step> next(std::uint32_t message_bytes);
  // What the newest question named.
  const std::vector<wire::AttachmentName>& asked() const { return asked_; }
  bool is_answered_by(const wire::AttachmentHaveAnswer& answer) const { return answer.maps.size() == asked_.size(); }

 private:
  std::vector<wire::AttachmentName> left_;  // the last ones are next
  std::vector<wire::AttachmentName> asked_;
};

}  // namespace kuangxun::engine
