#include "sync/engine/session.h"

// The half of the session that follows the county's sequence.
namespace kuangxun::engine {

Step Session::begin_pull() {
  if (is_pull_stopped_ || latest_ == mark_.sequence()) return after_pull();
  return next_pull();
}

Step Session::next_pull() {
  phase_ = Phase::pull;
  return {wire::PullRequest{mark_.incarnation, mark_.sequence(), message_bytes_}, {}};
}

Step Session::take(const wire::PullAnswer& answer) {
  if (phase_ != Phase::pull) return fail(broken_promise());
  auto page = read_page(mark_, answer, county_, promised_);
  if (!page.ok()) return fail(page.error());
  if (page->contradiction.has_value()) return meet_contradiction(*page->contradiction);
  if (page->checkpoint.has_value()) {
    // First, because once the place is at the end the county would not sign for it again.
    if (Status kept = keep_last(*page->checkpoint, page->after.sequence()); !kept.ok()) return fail(kept.error());
  }
  const auto counts = store_.apply_pulled(answer.frames, page->after);
  if (!counts.ok()) return fail(counts.error());
  report_.pulled += counts->operations;
  report_.quarantined += counts->quarantined;
  mark_ = std::move(page->after);
  if (!answer.frames.empty() || !answer.skipped.empty()) made_progress();
  return answer.has_more ? next_pull() : after_pull();
}

Status Session::keep_last(const Bytes& sealed, std::uint64_t sequence) {
  KX_TRY(kept, store_.newest_checkpoint());
  if (!kept.empty()) {
    KX_TRY(newest, checked_checkpoint(kept, county_));
    // A stick may bring less than the county has signed for since.
    if (newest.checkpoint.incarnation == mark_.incarnation && newest.checkpoint.size > sequence) return {};
  }
  return store_.note_checkpoint(sealed);
}

Step Session::after_pull() {
  if (Status shown = store_.show_pulled(); !shown.ok()) return fail(shown.error());
  return errand_ == Errand::absorb ? finish() : begin_photos();
}

// Another history than the one we saw. It may be an honest county that was restored from a backup, grew again before
// we came, and does not know it: what it once signed tells it so.
Step Session::meet_contradiction(const Contradiction& contradiction) {
  if (Status kept = store_.note_contradiction(contradiction.checkpoint, contradiction.own_root); !kept.ok()) {
    return fail(kept.error());
  }
  is_before_push_ = phase_ == Phase::status;
  if (has_challenged_ || errand_ == Errand::absorb) return distrust();
  has_challenged_ = true;
  const auto newest = store_.newest_checkpoint();
  if (!newest.ok()) return fail(newest.error());
  const auto promised = store_.promised_checkpoint();
  if (!promised.ok()) return fail(promised.error());
  // What it signed a moment ago proves no restore. The newest is shown first: it is of the history that we stand in.
  const bool is_of_today = !promised_.empty() && promised_.back().sealed == *promised;
  if (!promised->empty() && !is_of_today) challenges_.push_back(*promised);
  if (!newest->empty()) challenges_.push_back(*newest);
  return challenges_.empty() ? distrust() : next_challenge();
}

Step Session::next_challenge() {
  is_challenge_ = true;
  phase_ = Phase::claim;
  Bytes sealed = std::move(challenges_.back());
  challenges_.pop_back();
  return {wire::ClaimRequest{std::move(sealed)}, {}};
}

// It stands by what it shows: nothing of that is believed. What is ours still goes to it.
Step Session::distrust() {
  is_pull_stopped_ = true;
  note_problem(history_changed());
  return is_before_push_ ? next_push() : after_pull();
}

}  // namespace kuangxun::engine
