#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/engine/session.h"

// The half of the session that carries photos, last and in pieces.
namespace kuangxun::engine {
namespace {

constexpr std::size_t name_bytes = 40;  // a hash and a length
// Answers after which the county holds no more of a chunk than before.
constexpr int stalls_max = 8;

}  // namespace

Step Session::begin_photos() {
  if (photos_ == nullptr) return errand_ == Errand::absorb ? begin_pull() : finish();
  auto unsent = photos_->unsent();
  if (!unsent.ok()) return fail(unsent.error());
  photos_left_ = std::move(unsent).value();
  return next_offer();
}

// No more names than a message holds: over a bad link a question must not take a whole connection.
void Session::take_next_names() {
  const std::size_t names_max =
      std::clamp<std::size_t>(message_bytes_ / name_bytes / 8, 1, limits::attachment_names_max);
  const std::size_t count = std::min(photos_left_.size(), names_max);
  offered_.assign(photos_left_.end() - static_cast<std::ptrdiff_t>(count), photos_left_.end());
  photos_left_.resize(photos_left_.size() - count);
}

Step Session::next_offer() {
  if (photos_left_.empty()) return errand_ == Errand::absorb ? begin_pull() : begin_fetch();
  phase_ = Phase::offer_photos;
  take_next_names();
  return {wire::AttachmentHaveRequest{offered_}, {}};
}

Step Session::take(const wire::AttachmentHaveAnswer& answer) {
  if (answer.maps.size() != offered_.size()) return fail(broken_promise());
  if (phase_ == Phase::offer_photos) return take_offers(answer);
  if (phase_ == Phase::ask_photos) return take_answers(answer);
  return fail(broken_promise());
}

Step Session::take_offers(const wire::AttachmentHaveAnswer& answer) {
  for (std::size_t i = 0; i < offered_.size(); ++i) {
    const wire::ChunkMap& map = answer.maps[i];
    if (!map.is_whole && errand_ == Errand::absorb) continue;
    if (!map.is_whole) {
      // Bytes that arrived before the link broke are progress, whoever counted them.
      const std::uint64_t held = std::uint64_t{map.partial_index} * limits::chunk_bytes + map.partial_bytes;
      if (last_partial_.has_value() && last_partial_->first == offered_[i].hash && held > last_partial_->second) {
        made_progress();
      }
      last_partial_ = {offered_[i].hash, held};
      to_send_.push_back({offered_[i], map});
    } else {
      if (Status noted = photos_->note_sent(offered_[i]); !noted.ok()) return fail(noted.error());
      // Its last bytes arrived, only the answer was lost.
      const bool was_ours = last_partial_.has_value() && last_partial_->first == offered_[i].hash;
      if (was_ours) ++report_.photos_sent;
    }
  }
  chunk_ = 0;
  offset_ = 0;
  return next_piece();
}

// The next bytes of the last photo of `to_send_` that the county lacks.
Step Session::next_piece() {
  phase_ = Phase::send_photo;
  while (!to_send_.empty()) {
    const auto& [name, map] = to_send_.back();
    while (chunk_ < name.chunk_count() && map.has(chunk_)) {
      ++chunk_;
      offset_ = 0;
    }
    if (chunk_ < name.chunk_count()) {
      if (offset_ == 0 && map.partial_index == chunk_) offset_ = map.partial_bytes;
      auto bytes = photos_->read(name, chunk_, offset_, message_bytes_);
      if (bytes.ok() && !bytes->empty()) {
        return {wire::AttachmentPutRequest{name, chunk_, offset_, std::move(bytes).value()}, {}};
      }
      if (!bytes.ok()) note_problem(bytes.error());
    }
    to_send_.pop_back();
    chunk_ = 0;
    offset_ = 0;
  }
  return next_offer();
}

Step Session::take(const wire::AttachmentPutAnswer& answer) {
  if (phase_ != Phase::send_photo || to_send_.empty()) return fail(broken_promise());
  grow_pieces();
  Sending& sending = to_send_.back();
  const wire::AttachmentName name = sending.name;
  if (answer.outcome == wire::PutOutcome::kept) {
    const std::size_t chunk_bytes = name.chunk_size_bytes(chunk_);
    if (answer.held_bytes > chunk_bytes) return fail(broken_promise());
    // Not more than before: the county lost what it held. That may happen, but not for ever.
    if (answer.held_bytes <= offset_ && ++stalls_ > stalls_max) return fail(broken_promise());
    if (answer.held_bytes > offset_) made_progress();
    sending.map.partial_bytes = 0;
    offset_ = answer.held_bytes;
    if (offset_ == chunk_bytes) {
      ++chunk_;
      offset_ = 0;
    }
    return next_piece();
  }
  made_progress();
  to_send_.pop_back();
  chunk_ = 0;
  offset_ = 0;
  if (answer.outcome == wire::PutOutcome::contradicted) {
    note_problem(Error(
        ErrorCode::unavailable,
        phrase("photo {0} did not arrive whole at the county; the next sync sends it again", {name.hash.text()})));
    return next_piece();
  }
  ++report_.photos_sent;
  if (Status noted = photos_->note_sent(name); !noted.ok()) return fail(noted.error());
  return next_piece();
}

Step Session::begin_fetch() {
  auto missing = photos_->missing();
  if (!missing.ok()) return fail(missing.error());
  photos_left_ = std::move(missing).value();
  return next_question();
}

// Which of the photos that are missing here has the county? Those that are not there yet come with a later sync.
Step Session::next_question() {
  if (photos_left_.empty()) return next_fetch();
  phase_ = Phase::ask_photos;
  take_next_names();
  return {wire::AttachmentHaveRequest{offered_}, {}};
}

Step Session::take_answers(const wire::AttachmentHaveAnswer& answer) {
  for (std::size_t i = 0; i < offered_.size(); ++i) {
    if (answer.maps[i].is_whole) to_fetch_.push_back(offered_[i]);
  }
  return next_question();
}

Step Session::next_fetch() {
  phase_ = Phase::fetch_photo;
  if (to_fetch_.empty()) return finish();
  const auto begun = photos_->begun(to_fetch_.back());
  if (!begun.ok()) return fail(begun.error());
  return {wire::AttachmentGetRequest{to_fetch_.back().hash, static_cast<std::uint32_t>(*begun / limits::chunk_bytes),
                                     static_cast<std::uint32_t>(*begun % limits::chunk_bytes), message_bytes_},
          {}};
}

Step Session::take(const wire::AttachmentGetAnswer& answer) {
  if (phase_ != Phase::fetch_photo || to_fetch_.empty()) return fail(broken_promise());
  grow_pieces();
  const wire::AttachmentName wanted = to_fetch_.back();
  const bool is_coming = answer.is_known && answer.size_bytes == wanted.size_bytes && !answer.bytes.empty();
  if (!is_coming) {
    to_fetch_.pop_back();
    return next_fetch();
  }
  made_progress();
  const auto before = photos_->begun(wanted);
  if (!before.ok()) return fail(before.error());
  const auto whole = photos_->append(wanted, answer.bytes);
  if (!whole.ok()) {
    note_problem(whole.error());
    to_fetch_.pop_back();
    return next_fetch();
  }
  if (*whole) ++report_.photos_fetched;
  const auto after = photos_->begun(wanted);
  if (!after.ok()) return fail(after.error());
  // Not whole, and not more than before: no use to ask for it once more today.
  if (*whole || *after <= *before) to_fetch_.pop_back();
  return next_fetch();
}

}  // namespace kuangxun::engine
