#include "sync/engine/claims.h"

namespace kuangxun::engine {

Turn Claims::begin(const wire::StatusAnswer& answer) {
  for (const auto& sealed : {context_.store.newest_checkpoint(), context_.store.promised_checkpoint()}) {
    if (!sealed.ok()) return context_.fail(sealed.error());
    if (sealed->empty()) continue;
    const auto kept = wire::open_checkpoint(*sealed, context_.county);
    if (!kept.ok()) return context_.fail(kept.error());
    const bool is_proof = kept->incarnation > answer.incarnation ||
                          (kept->incarnation == answer.incarnation && kept->size > answer.latest_sequence);
    if (!is_proof) continue;
    if (!context_.may_restart()) return context_.fail(broken_promise());
    context_.phase = Phase::claim;
    return ask(wire::ClaimRequest{*sealed});
  }
  return meet(answer.incarnation);
}

Turn Claims::challenge(const Contradiction& contradiction, const Bytes& signed_now) {
  const Status noted = context_.store.note_contradiction(contradiction.checkpoint, contradiction.own_root);
  if (!noted.ok()) return context_.fail(noted.error());
  if (has_challenged_ || context_.errand == Errand::absorb) return Ending::distrusted;
  has_challenged_ = true;
  const auto newest = context_.store.newest_checkpoint();
  if (!newest.ok()) return context_.fail(newest.error());
  const auto promised = context_.store.promised_checkpoint();
  if (!promised.ok()) return context_.fail(promised.error());
  // The newest is shown first: it is of the history that we stand in.
  if (!promised->empty() && *promised != signed_now) challenges_.push_back(*promised);
  if (!newest->empty()) challenges_.push_back(*newest);
  if (challenges_.empty()) return Ending::distrusted;
  return next_challenge();
}

Turn Claims::next_challenge() {
  is_challenge_ = true;
  context_.phase = Phase::claim;
  Bytes sealed = std::move(challenges_.back());
  challenges_.pop_back();
  return ask(wire::ClaimRequest{std::move(sealed)});
}

Turn Claims::take(const wire::ClaimAnswer& answer) {
  if (context_.phase != Phase::claim) return context_.fail(broken_promise());
  const frames::CountyMark& mark = context_.mark;
  const bool is_challenge = is_challenge_;
  is_challenge_ = false;
  if (answer.incarnation > mark.incarnation) return Ending::county_met;
  if (!is_challenge || answer.incarnation < mark.incarnation) return context_.fail(broken_promise());
  if (!challenges_.empty()) return next_challenge();
  const auto sealed = context_.store.newest_checkpoint();
  if (!sealed.ok()) return context_.fail(sealed.error());
  const auto kept = wire::open_checkpoint(*sealed, context_.county);
  if (!kept.ok()) return context_.fail(kept.error());
  // What came after that checkpoint the county never signed for (we were cut off): it cannot be held to it.
  if (kept->size < mark.sequence()) return meet(answer.incarnation);
  return Ending::distrusted;
}

Turn Claims::meet(std::uint32_t incarnation) {
  if (!context_.may_restart()) return context_.fail(broken_promise());
  const bool is_first_meeting = context_.mark.incarnation == 0;
  if (!is_first_meeting) {
    context_.report.is_county_restored = true;
    // First, because once the store has started over nobody would think of it again.
    if (context_.photos != nullptr) {
      if (Status forgotten = context_.photos->forget_sent(); !forgotten.ok()) return context_.fail(forgotten.error());
    }
  }
  if (Status started = context_.store.start_over(incarnation); !started.ok()) return context_.fail(started.error());
  return Ending::county_met;
}

}  // namespace kuangxun::engine
