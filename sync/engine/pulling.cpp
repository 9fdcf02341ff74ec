#include "sync/engine/pulling.h"

#include <algorithm>

namespace kuangxun::engine {

Status Pulling::recall_promises() {
  promised_.clear();
  contradiction_.reset();
  KX_TRY(newest, context_.store.newest_checkpoint());
  KX_TRY(promised, context_.store.promised_checkpoint());
  for (const Bytes& sealed : {newest, promised}) {
    if (sealed.empty()) continue;
    KX_TRY(kept, checked_checkpoint(sealed, context_.county));
    const frames::CountyMark& mark = context_.mark;
    const bool is_ahead = kept.checkpoint.incarnation == mark.incarnation && kept.checkpoint.size > mark.sequence();
    if (is_ahead) promised_.push_back(std::move(kept));
  }
  return {};
}

std::uint64_t Pulling::promised_size() const {
  std::uint64_t size = 0;
  for (const SignedCheckpoint& one : promised_) size = std::max(size, one.checkpoint.size);
  return size;
}

Status Pulling::hear(const wire::StatusAnswer& answer) {
  if (answer.checkpoint.empty()) return {};
  const frames::CountyMark& mark = context_.mark;
  KX_TRY(said, checked_checkpoint(answer.checkpoint, context_.county));
  if (said.checkpoint.size != context_.latest || said.checkpoint.incarnation != mark.incarnation) {
    return broken_promise();
  }
  contradiction_ = contradiction_of(mark, said);
  if (contradiction_.has_value()) return {};
  // An older one that nothing has led to yet stays: it may be all that tells.
  if (promised_.empty() && said.checkpoint.size > mark.sequence()) {
    KX_CHECK(context_.store.note_promise(said.sealed));
  }
  promised_.push_back(std::move(said));
  return {};
}

Turn Pulling::next() {
  context_.phase = Phase::pull;
  return ask(wire::PullRequest{context_.mark.incarnation, context_.mark.sequence(), context_.message_bytes});
}

Turn Pulling::take(const wire::PullAnswer& answer) {
  if (context_.phase != Phase::pull) return context_.fail(broken_promise());
  auto page = read_page(context_.mark, answer, context_.county, promised_);
  if (!page.ok()) return context_.fail(page.error());
  contradiction_ = page->contradiction;
  if (contradiction_.has_value()) return Ending::contradicted;
  if (page->checkpoint.has_value()) {
    // First, because once the place is at the end the county would not sign for it again.
    if (Status kept = keep_last(*page->checkpoint, page->after.sequence()); !kept.ok()) {
      return context_.fail(kept.error());
    }
  }
  const auto counts = context_.store.apply_pulled(answer.frames, page->after);
  if (!counts.ok()) return context_.fail(counts.error());
  context_.report.pulled += counts->operations;
  context_.report.quarantined += counts->quarantined;
  context_.mark = std::move(page->after);
  if (!answer.frames.empty() || !answer.skipped.empty()) context_.made_progress();
  if (answer.has_more) return next();
  return Ending::pulled;
}

Status Pulling::keep_last(const Bytes& sealed, std::uint64_t sequence) {
  KX_TRY(kept, context_.store.newest_checkpoint());
  if (!kept.empty()) {
    KX_TRY(newest, checked_checkpoint(kept, context_.county));
    // A stick may bring less than the county has signed for since.
    const bool is_ahead =
        newest.checkpoint.incarnation == context_.mark.incarnation && newest.checkpoint.size > sequence;
    if (is_ahead) return {};
  }
  return context_.store.note_checkpoint(sealed);
}

}  // namespace kuangxun::engine
