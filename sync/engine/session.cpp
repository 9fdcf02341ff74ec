#include "sync/engine/session.h"

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/wire/receipt.h"

// The session trusts what the county signed and checks what it says: an answer must fit the question, a receipt must be
// for the frame that we have, a place must not go back. Whatever does not fit ends the session with nothing lost here.
namespace kuangxun::engine {
namespace {

// A link that breaks so often without a byte of progress carries no sync today, and the person had better hear it.
constexpr int cuts_without_progress_max = 5;
// A gap is mended by going on from where the county says it is; if that does not help, asking for ever would not.
constexpr int gaps_max = 3;
// Claim, new incarnation, new epoch, another incarnation meanwhile: each asks for the status again, none twice in vain.
constexpr int turns_max = 12;

}  // namespace

Step Session::begin() {
  message_bytes_ = limits::message_bytes_wanted;
  if (errand_ == Errand::absorb) return ask_status();
  // First, so that what was entered until now goes along with this sync.
  if (Status sealed = store_.seal(); !sealed.ok()) return fail(sealed.error());
  return ask_status();
}

Step Session::ask_status() {
  phase_ = Phase::status;
  auto mark = store_.county_mark();
  if (!mark.ok()) return fail(mark.error());
  mark_ = std::move(mark).value();
  // Nothing was pulled since the county was met, or met again after a restore: what we hold of others is offered first.
  // The mark itself remembers that over a cut, a kill and a day.
  must_reoffer_ = mark_.incarnation != 0 && mark_.sequence() == 0;
  promised_.clear();
  const auto progress = store_.own_progress();
  if (!progress.ok()) return fail(progress.error());
  const std::uint64_t receipt_through = progress->receipt.empty() ? 0 : progress->stored_through;
  return {wire::StatusRequest{mark_.incarnation, mark_.sequence(), mark_.frontier.root(), receipt_through}, {}};
}

Step Session::cut() {
  if (++cuts_ > cuts_without_progress_max) {
    return fail(
        Error(ErrorCode::unavailable,
              phrase("the link to the county keeps breaking; sync again later, what arrived is not sent again")));
  }
  // Of a message that is cut off all is sent again: over such a link small ones get through.
  message_bytes_ = limits::message_bytes_after_cut;
  photos_left_.clear();
  to_send_.clear();
  to_fetch_.clear();
  chains_left_.clear();
  relays_.clear();
  // All else is there already, and a link that is cut every few seconds pays for each question again and again: only
  // how much of the photo arrived.
  if (phase_ == Phase::offer_photos || phase_ == Phase::send_photo) return begin_photos();
  return ask_status();
}

Step Session::answered(const wire::AnswerBody& answer) {
  // Keys may have come to be known since the question was put.
  auto county = store_.known_county();
  if (!county.ok()) return fail(county.error());
  county_ = std::move(county).value();
  return std::visit(
      [&](const auto& body) -> Step {
        using Body = std::decay_t<decltype(body)>;
        constexpr bool is_ours = !std::is_same_v<Body, wire::EnrolAnswer> && !std::is_same_v<Body, wire::KeysAnswer> &&
                                 !std::is_same_v<Body, wire::RenewCertificateAnswer> &&
                                 !std::is_same_v<Body, wire::EnrolPersonAnswer>;
        if constexpr (is_ours) {
          return take(body);
        } else {
          return fail(broken_promise());
        }
      },
      answer);
}

Step Session::refused(wire::AnswerCode code) {
  if (code == wire::AnswerCode::other_incarnation && ++turns_ <= turns_max) return ask_status();
  if (code == wire::AnswerCode::device_conflict && phase_ == Phase::new_epoch && ++turns_ <= turns_max) {
    return ask_new_epoch(next_epoch_.epoch);
  }
  if (phase_ == Phase::vouch &&
      (code == wire::AnswerCode::bad_signature || code == wire::AnswerCode::device_conflict)) {
    return not_vouched();
  }
  const bool may_push = errand_ == Errand::everything && phase_ == Phase::status && !is_revoked_;
  if (code == wire::AnswerCode::not_allowed && may_push) return take_revocation();
  return fail(refusal_error(code));
}

// A revoked laptop is told nothing any more, but what it recorded before is still taken.
Step Session::take_revocation() {
  is_revoked_ = true;
  const auto progress = store_.own_progress();
  if (!progress.ok()) return fail(progress.error());
  acknowledged_ = progress->stored_through;
  return next_push();
}

// The hash of one frame stands for all before it, because each names the one before. So a single look tells whether the
// county has our chain; only when it does not fit is the chain compared from its start.
Result<Session::Fit> Session::fit(const wire::ChainState& chain) {
  if (chain.stored_through == 0) return Fit::continues;
  KX_TRY(own, store_.frames_after(store_.own_writer(), chain.stored_through - 1, 1));
  if (own.empty()) return Fit::must_compare;
  KX_TRY(frame, frames::parse_frame(own.front()));
  const bool is_same = frame.header.last_sequence() == chain.stored_through && frame.hash() == chain.last_frame;
  return is_same ? Fit::continues : Fit::must_compare;
}

Status Session::note(const wire::ChainState& chain) {
  if (chain.applied_through > chain.stored_through) return broken_promise();
  frames::ChainProgress progress;
  progress.writer = store_.own_writer();
  progress.stored_through = chain.stored_through;
  progress.applied_through = chain.applied_through;
  if (!chain.receipt.empty()) {
    KX_TRY(receipt, wire::open_receipt(chain.receipt, county_));
    if (receipt.writer != progress.writer || receipt.stored_through != chain.stored_through ||
        receipt.frame != chain.last_frame) {
      return broken_promise();
    }
    progress.receipt = chain.receipt;
  } else if (chain.stored_through > 0) {
    // Left out because we have it.
    KX_TRY(kept, store_.own_progress());
    if (kept.receipt.empty() || kept.stored_through != chain.stored_through) return broken_promise();
    progress.receipt = std::move(kept.receipt);
  }
  acknowledged_ = chain.stored_through;
  report_.stored_through = chain.stored_through;
  report_.applied_through = chain.applied_through;
  return store_.note_progress(progress);
}

Result<std::vector<SignedCheckpoint>> Session::kept_promises() {
  KX_TRY(newest, store_.newest_checkpoint());
  KX_TRY(promised, store_.promised_checkpoint());
  std::vector<SignedCheckpoint> ahead;
  for (const Bytes& sealed : {newest, promised}) {
    if (sealed.empty()) continue;
    KX_TRY(kept, checked_checkpoint(sealed, county_));
    const bool is_ahead = kept.checkpoint.incarnation == mark_.incarnation && kept.checkpoint.size > mark_.sequence();
    if (is_ahead) ahead.push_back(std::move(kept));
  }
  return ahead;
}

// What the status is signed for: kept before anything else is built on this status.
Result<std::optional<Contradiction>> Session::hear(const wire::StatusAnswer& answer) {
  if (answer.checkpoint.empty()) return std::optional<Contradiction>();
  KX_TRY(said, checked_checkpoint(answer.checkpoint, county_));
  if (said.checkpoint.size != latest_ || said.checkpoint.incarnation != mark_.incarnation) return broken_promise();
  if (auto contradiction = contradiction_of(mark_, said)) return contradiction;
  // An older one that nothing has led to yet stays: it may be all that tells.
  if (promised_.empty() && said.checkpoint.size > mark_.sequence()) KX_CHECK(store_.note_promise(said.sealed));
  promised_.push_back(std::move(said));
  return std::optional<Contradiction>();
}

Step Session::take(const wire::StatusAnswer& answer) {
  if (phase_ != Phase::status) return fail(broken_promise());
  auto promises = kept_promises();
  if (!promises.ok()) return fail(promises.error());
  promised_ = std::move(promises).value();
  std::uint64_t seen = mark_.sequence();
  // An older answer that comes on a stick is behind what was signed since, and no sign of a restore.
  if (errand_ == Errand::everything) {
    for (const SignedCheckpoint& one : promised_) seen = std::max(seen, one.checkpoint.size);
  }
  const bool went_back = answer.incarnation < mark_.incarnation ||
                         (answer.incarnation == mark_.incarnation && answer.latest_sequence < seen);
  if (went_back) return claim(answer);
  if (answer.incarnation > mark_.incarnation) return meet_incarnation(answer.incarnation);
  latest_ = answer.latest_sequence;
  const auto contradiction = hear(answer);
  if (!contradiction.ok()) return fail(contradiction.error());
  const auto fits = fit(answer.chain);
  if (!fits.ok()) return fail(fits.error());
  if (*fits == Fit::must_compare) return begin_compare(answer.chain);
  if (Status noted = note(answer.chain); !noted.ok()) return fail(noted.error());
  if (contradiction->has_value()) return meet_contradiction(**contradiction);
  return next_push();
}

Step Session::next_push() {
  if (errand_ == Errand::absorb) return begin_photos();
  phase_ = Phase::push;
  auto own = store_.frames_after(store_.own_writer(), acknowledged_, message_bytes_);
  if (!own.ok()) return fail(own.error());
  if (own->empty()) return begin_relay();
  if (own->size() > limits::push_frames_max) own->resize(limits::push_frames_max);
  const auto last = frames::parse_frame(own->back());
  if (!last.ok()) return fail(last.error());
  pushed_last_ = last->header.last_sequence();
  return {wire::PushRequest{store_.own_writer(), std::move(own).value()}, {}};
}

Step Session::take(const wire::PushAnswer& answer) {
  if (phase_ == Phase::relay) return take_relay(answer);
  if (phase_ == Phase::keep_fork) return take_fork_push(answer);
  if (phase_ != Phase::push || answer.chain.stored_through < acknowledged_) return fail(broken_promise());
  if (answer.refusal == wire::PushRefusal::fork) {
    is_refused_as_fork_ = true;
    return begin_compare(answer.chain);
  }
  const auto fits = fit(answer.chain);
  if (!fits.ok()) return fail(fits.error());
  if (*fits == Fit::must_compare) return begin_compare(answer.chain);
  const std::uint64_t before = acknowledged_;
  if (Status noted = note(answer.chain); !noted.ok()) return fail(noted.error());
  report_.pushed += acknowledged_ - before;
  if (acknowledged_ > before) {
    ++latest_;  // ours were numbered, and perhaps others beside them: pull to find out
    made_progress();
  }
  if (answer.refusal != wire::PushRefusal::none) return take_refused_push(answer);
  if (acknowledged_ < pushed_last_) return fail(broken_promise());
  return next_push();
}

Step Session::take_refused_push(const wire::PushAnswer& answer) {
  if (answer.refusal == wire::PushRefusal::gap && ++gaps_ <= gaps_max) return next_push();
  if (must_reoffer_) {
    // The county was restored, and what would let it take ours may be among what others wrote: that goes there first.
    must_push_again_ = true;
    return begin_relay();
  }
  note_problem(push_error(answer.refusal, answer.refused_sequence));
  return begin_relay();
}

Step Session::finish() {
  phase_ = Phase::done;
  const auto hidden = store_.hidden_own();
  if (!hidden.ok()) return fail(hidden.error());
  report_.quarantined += *hidden;
  return {};
}

Step Session::fail(const Error& error) {
  const bool was_pulling = phase_ == Phase::pull;
  phase_ = Phase::done;
  // What came until now is worth seeing; why the pull failed is what must be said.
  if (was_pulling) static_cast<void>(store_.show_pulled());
  return {{}, error};
}

}  // namespace kuangxun::engine
