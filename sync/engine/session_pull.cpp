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
  if (page->contradiction.has_value()) {
    if (Step stopped = note_contradiction(*page->contradiction); stopped.failure.has_value()) return stopped;
    return after_pull();
  }
  const auto counts = store_.apply_pulled(answer.frames, page->after);
  if (!counts.ok()) return fail(counts.error());
  if (page->checkpoint.has_value()) {
    if (Status kept = store_.note_checkpoint(*page->checkpoint); !kept.ok()) return fail(kept.error());
  }
  report_.pulled += counts->operations;
  report_.quarantined += counts->quarantined;
  mark_ = std::move(page->after);
  if (!answer.frames.empty() || !answer.skipped.empty()) made_progress();
  return answer.has_more ? next_pull() : after_pull();
}

Step Session::after_pull() {
  return errand_ == Errand::absorb ? finish() : begin_photos();
}

Step Session::note_contradiction(const Contradiction& contradiction) {
  is_pull_stopped_ = true;
  note_problem(history_changed());
  if (Status kept = store_.note_contradiction(contradiction.checkpoint, contradiction.own_root); !kept.ok()) {
    return fail(kept.error());
  }
  return {};
}

}  // namespace kuangxun::engine
