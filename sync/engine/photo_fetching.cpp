#include "sync/engine/photo_fetching.h"

#include "sync/engine/witness.h"

namespace kuangxun::engine {

Turn PhotoFetching::begin() {
  auto missing = context_.photos->missing();
  if (!missing.ok()) return context_.fail(missing.error());
  questions_.begin(std::move(missing).value());
  return next_question();
}

void PhotoFetching::forget() {
  questions_.clear();
  to_fetch_.clear();
}

Turn PhotoFetching::next_question() {
  auto question = questions_.next(context_.message_bytes);
  if (!question.has_value()) return next_fetch();
  context_.phase = Phase::ask_photos;
  return *std::move(question);
}

// Those that are not there yet come with a later sync.
Turn PhotoFetching::take(const wire::AttachmentHaveAnswer& answer) {
  if (!questions_.is_answered_by(answer)) return context_.fail(broken_promise());
  for (std::size_t i = 0; i < answer.maps.size(); ++i) {
    if (answer.maps[i].is_whole) to_fetch_.push_back(questions_.asked()[i]);
  }
  return next_question();
}

Turn PhotoFetching::next_fetch() {
  context_.phase = Phase::fetch_photo;
  if (to_fetch_.empty()) return Ending::photos_fetched;
  const wire::AttachmentName& next = to_fetch_.back();
  const auto begun = context_.photos->begun(next);
  if (!begun.ok()) return context_.fail(begun.error());
  return ask(wire::AttachmentGetRequest{next.hash, static_cast<std::uint32_t>(*begun / limits::chunk_bytes),
                                        static_cast<std::uint32_t>(*begun % limits::chunk_bytes),
                                        context_.message_bytes});
}

Turn PhotoFetching::take(const wire::AttachmentGetAnswer& answer) {
  if (context_.phase != Phase::fetch_photo || to_fetch_.empty()) return context_.fail(broken_promise());
  context_.grow_pieces();
  const wire::AttachmentName wanted = to_fetch_.back();
  const bool is_coming = answer.is_known && answer.size_bytes == wanted.size_bytes && !answer.bytes.empty();
  if (!is_coming) {
    to_fetch_.pop_back();
    return next_fetch();
  }
  context_.made_progress();
  const auto before = context_.photos->begun(wanted);
  if (!before.ok()) return context_.fail(before.error());
  const auto whole = context_.photos->append(wanted, answer.bytes);
  if (!whole.ok()) {
    context_.report.note_problem(whole.error());
    to_fetch_.pop_back();
    return next_fetch();
  }
  if (*whole) ++context_.report.photos_fetched;
  const auto after = context_.photos->begun(wanted);
  if (!after.ok()) return context_.fail(after.error());
  // Not whole, and not more than before: no use to ask for it once more today.
  if (*whole || *after <= *before) to_fetch_.pop_back();
  return next_fetch();
}

}  // namespace kuangxun::engine
