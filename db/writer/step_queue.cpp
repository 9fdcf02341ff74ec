#include "db/writer/step_queue.h"

namespace kuangxun::writer {

void StepQueue::push(Turn turn, Id id, std::int64_t now_ms) {
  lines_[static_cast<std::size_t>(turn)].push_back({id, now_ms});
}

StepQueue::Id StepQueue::take(Line& line) {
  const Id id = line.front().id;
  line.pop_front();
  return id;
}

std::optional<StepQueue::Id> StepQueue::pop(std::int64_t now_ms) {
  Line* first = nullptr;
  Line* impatient = nullptr;
  for (Line& line : lines_) {
    if (line.empty()) continue;
    if (first == nullptr) {
      first = &line;
    } else if (now_ms - line.front().since_ms >= patience_ms &&
               (impatient == nullptr || line.front().since_ms < impatient->front().since_ms)) {
      impatient = &line;
    }
  }
  if (first == nullptr) return std::nullopt;
  // Never two out of turn one after the other: a person waits for one step of somebody else at most.
  if (impatient != nullptr && !was_out_of_turn_) {
    was_out_of_turn_ = true;
    return take(*impatient);
  }
  was_out_of_turn_ = false;
  return take(*first);
}

bool StepQueue::is_empty() const {
  for (const Line& line : lines_) {
    if (!line.empty()) return false;
  }
  return true;
}

}  // namespace kuangxun::writer
