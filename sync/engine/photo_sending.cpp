#include "sync/engine/photo_sending.h"

#include "db/language/language.h"
#include "sync/engine/witness.h"

namespace kuangxun::engine {
namespace {

// Answers after which the county holds no more of a chunk than before.
constexpr int stalls_max = 8;

}  // namespace

Turn PhotoSending::begin() {
  auto unsent = context_.photos->unsent();
  if (!unsent.ok()) return context_.fail(unsent.error());
  offers_.begin(std::move(unsent).value());
  return next_offer();
}

void PhotoSending::forget() {
  offers_.clear();
  to_send_.clear();
}

Turn PhotoSending::next_offer() {
  auto offer = offers_.next(context_.message_bytes);
  if (!offer.has_value()) return Ending::photos_sent;
  context_.phase = Phase::offer_photos;
  return *std::move(offer);
}

Turn PhotoSending::take(const wire::AttachmentHaveAnswer& answer) {
  if (!offers_.is_answered_by(answer)) return context_.fail(broken_promise());
  for (std::size_t i = 0; i < answer.maps.size(); ++i) {
    if (Status taken = take_map(offers_.asked()[i], answer.maps[i]); !taken.ok()) return context_.fail(taken.error());
  }
  chunk_ = 0;
  offset_ = 0;
  return next_piece();
}

Status PhotoSending::take_map(const wire::AttachmentName& name, const wire::ChunkMap& map) {
  const bool is_interrupted = last_partial_.has_value() && last_partial_->first == name.hash;
  if (map.is_whole) {
    KX_CHECK(context_.photos->note_sent(name));
    // Its last bytes arrived, only the answer was lost.
    if (is_interrupted) ++context_.report.photos_sent;
  } else if (context_.errand != Errand::absorb) {
    // Bytes that arrived before the link broke are progress, whoever counted them.
    const std::uint64_t held = std::uint64_t{map.partial_index} * limits::chunk_bytes + map.partial_bytes;
    if (is_interrupted && held > last_partial_->second) context_.made_progress();
    last_partial_ = {name.hash, held};
    to_send_.push_back({name, map});
  }
  return {};
}

// The next bytes of the last photo of `to_send_` that the county lacks.
Turn PhotoSending::next_piece() {
  context_.phase = Phase::send_photo;
  while (!to_send_.empty()) {
    const auto& [name, map] = to_send_.back();
    while (chunk_ < name.chunk_count() && map.has(chunk_)) {
      ++chunk_;
      offset_ = 0;
    }
    if (chunk_ < name.chunk_count()) {
      if (offset_ == 0 && map.partial_index == chunk_) offset_ = map.partial_bytes;
      auto bytes = context_.photos->read(name, chunk_, offset_, context_.message_bytes);
      if (bytes.ok() && !bytes->empty()) {
        return ask(wire::AttachmentPutRequest{name, chunk_, offset_, std::move(bytes).value()});
      }
      if (!bytes.ok()) context_.report.note_problem(bytes.error());
    }
    leave_photo();
  }
  return next_offer();
}

void PhotoSending::leave_photo() {
  to_send_.pop_back();
  chunk_ = 0;
  offset_ = 0;
}

Turn PhotoSending::take(const wire::AttachmentPutAnswer& answer) {
  if (context_.phase != Phase::send_photo || to_send_.empty()) return context_.fail(broken_promise());
  context_.grow_pieces();
  if (answer.outcome == wire::PutOutcome::kept) return go_on_after(answer);
  context_.made_progress();
  const wire::AttachmentName name = to_send_.back().name;
  leave_photo();
  if (answer.outcome == wire::PutOutcome::contradicted) {
    context_.report.note_problem(Error(
        ErrorCode::unavailable,
        phrase("photo {0} did not arrive whole at the county; the next sync sends it again", {name.hash.text()})));
    return next_piece();
  }
  ++context_.report.photos_sent;
  if (Status noted = context_.photos->note_sent(name); !noted.ok()) return context_.fail(noted.error());
  return next_piece();
}

Turn PhotoSending::go_on_after(const wire::AttachmentPutAnswer& kept) {
  Sending& sending = to_send_.back();
  const std::size_t chunk_bytes = sending.name.chunk_size_bytes(chunk_);
  if (kept.held_bytes > chunk_bytes) return context_.fail(broken_promise());
  // Not more than before: the county lost what it held. That may happen, but not for ever.
  if (kept.held_bytes <= offset_ && ++stalls_ > stalls_max) return context_.fail(broken_promise());
  if (kept.held_bytes > offset_) context_.made_progress();
  sending.map.partial_bytes = 0;
  offset_ = kept.held_bytes;
  if (offset_ == chunk_bytes) {
    ++chunk_;
    offset_ = 0;
  }
  return next_piece();
}

}  // namespace kuangxun::engine
