#include "sync/engine/photo_questions.h"

#include <algorithm>

#include "db/base/limits.h"

namespace kuangxun::engine {
namespace {

constexpr std::size_t name_bytes = 40;  // a hash and a length
// Over a bad link a question must not take a whole connection: names fill only this part of a message.
constexpr std::size_t part_of_message = 8;

}  // namespace

std::optional<Step> PhotoQuestions::next(std::uint32_t message_bytes) {
  if (left_.empty()) return std::nullopt;
  const std::size_t names_max =
      std::clamp<std::size_t>(message_bytes / name_bytes / part_of_message, 1, limits::attachment_names_max);
  const std::size_t count = std::min(left_.size(), names_max);
  asked_.assign(left_.end() - static_cast<std::ptrdiff_t>(count), left_.end());
  left_.resize(left_.size() - count);
  return ask(wire::AttachmentHaveRequest{asked_});
}

}  // namespace kuangxun::engine
