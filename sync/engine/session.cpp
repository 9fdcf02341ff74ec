#include "sync/engine/session.h"

#include <algorithm>

#include "db/language/language.h"
#include "sync/engine/chain_comparison.h"
#include "sync/engine/claims.h"
#include "sync/engine/photo_fetching.h"
#include "sync/engine/photo_sending.h"
#include "sync/engine/pulling.h"
#include "sync/engine/refusal.h"
#include "sync/engine/relaying.h"
#include "sync/wire/receipt.h"

// The session trusts what the county signed and checks what it says: an answer must fit the question, a receipt must be
// for the frame that we have, a place must not go back. Whatever does not fit ends the session with nothing lost here.
namespace kuangxun::engine {
namespace {

// A link that breaks so often without a byte of progress carries no sync today, and the person had better hear it.
constexpr int cuts_without_progress_max = 5;
// A gap is mended by going on from where the county says it is; if that does not help, asking for ever would not.
constexpr int gaps_max = 3;

}  // namespace

struct Session::Turns {
  Context context;
  Claims claims{context};
  ChainComparison comparison{context};
  Relaying relaying{context};
  Pulling pulling{context};
  PhotoSending photo_sending{context};
  PhotoFetching photo_fetching{context};
};

Session::Session(frames::FrameStore& store, AttachmentStore* photos, Errand errand)
    : turns_(new Turns{Context{store, photos, errand}}), context_(turns_->context) {}

Session::~Session() = default;

const Report& Session::report() const {
  return context_.report;
}

Phase Session::phase() const {
  return context_.phase;
}

Step Session::begin() {
  if (context_.errand == Errand::absorb) return ask_status();
  // First, so that what was entered until now goes along with this sync.
  if (Status sealed = context_.store.seal(); !sealed.ok()) return context_.fail(sealed.error());
  return ask_status();
}

Step Session::go_on(Turn turn) {
  if (Step* step = std::get_if<Step>(&turn)) return std::move(*step);
  switch (std::get<Ending>(turn)) {
    case Ending::compared:
    case Ending::county_met:
      return ask_status();
    case Ending::contradicted:
      is_before_push_ = context_.phase == Phase::status;
      return go_on(turns_->claims.challenge(*turns_->pulling.contradiction(), turns_->pulling.newest_promise()));
    case Ending::distrusted:
      // Nothing of what it shows is believed. What is ours still goes to it.
      is_pull_stopped_ = true;
      context_.report.note_problem(history_changed());
      return is_before_push_ ? next_push() : after_pull();
    case Ending::relayed:
      must_reoffer_ = false;
      if (!must_push_again_) return begin_pull();
      must_push_again_ = false;
      return next_push();
    case Ending::pulled:
      return after_pull();
    case Ending::photos_sent:
      return context_.errand == Errand::absorb ? begin_pull() : go_on(turns_->photo_fetching.begin());
    case Ending::photos_fetched:
      break;
  }
  return finish();
}

Step Session::begin_relay() {
  if (is_revoked_) return context_.fail(refusal_error(wire::AnswerCode::not_allowed));
  return go_on(turns_->relaying.begin(must_reoffer_));
}

Step Session::begin_pull() {
  if (is_pull_stopped_ || context_.latest == context_.mark.sequence()) return after_pull();
  return go_on(turns_->pulling.next());
}

Step Session::after_pull() {
  if (Status shown = context_.store.show_pulled(); !shown.ok()) return context_.fail(shown.error());
  return context_.errand == Errand::absorb ? finish() : begin_photos();
}

Step Session::begin_photos() {
  if (context_.photos != nullptr) return go_on(turns_->photo_sending.begin());
  return context_.errand == Errand::absorb ? begin_pull() : finish();
}

Step Session::finish() {
  context_.phase = Phase::done;
  const auto hidden = context_.store.hidden_own();
  if (!hidden.ok()) return context_.fail(hidden.error());
  context_.report.quarantined += *hidden;
  return {};
}

Step Session::cut() {
  if (++context_.cuts > cuts_without_progress_max) {
    return context_.fail(
        Error(ErrorCode::unavailable,
              phrase("the link to the county keeps breaking; sync again later, what arrived is not sent again")));
  }
  // Of a message that is cut off all is sent again: over such a link small ones get through.
  context_.message_bytes = limits::message_bytes_after_cut;
  turns_->photo_sending.forget();
  turns_->photo_fetching.forget();
  turns_->relaying.forget();
  // All else is there already, and a link that is cut every few seconds pays for each question again and again: only
  // how much of the photo arrived.
  const bool is_sending_photos = phase() == Phase::offer_photos || phase() == Phase::send_photo;
  return is_sending_photos ? begin_photos() : ask_status();
}

Step Session::answered(const wire::AnswerBody& answer) {
  // Keys may have come to be known since the question was put.
  auto county = context_.store.known_county();
  if (!county.ok()) return context_.fail(county.error());
  context_.county = std::move(county).value();
  Turns& turns = *turns_;
  return std::visit(
      [&](const auto& body) -> Step {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<Body, wire::StatusAnswer> || std::is_same_v<Body, wire::PushAnswer>) {
          return take(body);
        } else if constexpr (std::is_same_v<Body, wire::ClaimAnswer>) {
          return go_on(turns.claims.take(body));
        } else if constexpr (std::is_same_v<Body, wire::ChainFramesAnswer>) {
          return go_on(turns.comparison.take(body));
        } else if constexpr (std::is_same_v<Body, wire::NewEpochAnswer>) {
          if (phase() == Phase::vouch) return go_on(turns.relaying.take_vouched());
          if (phase() == Phase::new_epoch) return go_on(turns.comparison.take_new_epoch());
        } else if constexpr (std::is_same_v<Body, wire::ChainsAnswer>) {
          return go_on(turns.relaying.take(body));
        } else if constexpr (std::is_same_v<Body, wire::PullAnswer>) {
          return go_on(turns.pulling.take(body));
        } else if constexpr (std::is_same_v<Body, wire::AttachmentHaveAnswer>) {
          if (phase() == Phase::offer_photos) return go_on(turns.photo_sending.take(body));
          if (phase() == Phase::ask_photos) return go_on(turns.photo_fetching.take(body));
        } else if constexpr (std::is_same_v<Body, wire::AttachmentPutAnswer>) {
          return go_on(turns.photo_sending.take(body));
        } else if constexpr (std::is_same_v<Body, wire::AttachmentGetAnswer>) {
          return go_on(turns.photo_fetching.take(body));
        }
        return context_.fail(broken_promise());
      },
      answer);
}

Step Session::refused(wire::AnswerCode code) {
  if (code == wire::AnswerCode::other_incarnation && context_.may_restart()) return ask_status();
  if (code == wire::AnswerCode::device_conflict && phase() == Phase::new_epoch && context_.may_restart()) {
    return go_on(turns_->comparison.ask_later_epoch());
  }
  if (phase() == Phase::vouch &&
      (code == wire::AnswerCode::bad_signature || code == wire::AnswerCode::device_conflict)) {
    return go_on(turns_->relaying.not_vouched());
  }
  const bool may_push = context_.errand == Errand::everything && phase() == Phase::status && !is_revoked_;
  if (code == wire::AnswerCode::not_allowed && may_push) return take_revocation();
  return context_.fail(refusal_error(code));
}

// A revoked laptop is told nothing any more, but what it recorded before is still taken.
Step Session::take_revocation() {
  is_revoked_ = true;
  const auto progress = context_.store.own_progress();
  if (!progress.ok()) return context_.fail(progress.error());
  acknowledged_ = progress->stored_through;
  return next_push();
}

Step Session::ask_status() {
  context_.phase = Phase::status;
  auto kept = context_.store.county_mark();
  if (!kept.ok()) return context_.fail(kept.error());
  context_.mark = std::move(kept).value();
  const frames::CountyMark& mark = context_.mark;
  // Nothing was pulled since the county was met, or met again after a restore: what we hold of others is offered first.
  // The mark itself remembers that over a cut, a kill and a day.
  must_reoffer_ = mark.incarnation != 0 && mark.sequence() == 0;
  const auto progress = context_.store.own_progress();
  if (!progress.ok()) return context_.fail(progress.error());
  const std::uint64_t receipt_through = progress->receipt.empty() ? 0 : progress->stored_through;
  return ask(wire::StatusRequest{mark.incarnation, mark.sequence(), mark.frontier.root(), receipt_through});
}

Step Session::take(const wire::StatusAnswer& answer) {
  if (phase() != Phase::status) return context_.fail(broken_promise());
  Pulling& pulling = turns_->pulling;
  if (Status recalled = pulling.recall_promises(); !recalled.ok()) return context_.fail(recalled.error());
  const frames::CountyMark& mark = context_.mark;
  std::uint64_t seen = mark.sequence();
  // An older answer that comes on a stick is behind what was signed since, and no sign of a restore.
  if (context_.errand == Errand::everything) seen = std::max(seen, pulling.promised_size());
  const bool went_back = answer.incarnation < mark.incarnation ||
                         (answer.incarnation == mark.incarnation && answer.latest_sequence < seen);
  if (went_back) return go_on(turns_->claims.begin(answer));
  if (answer.incarnation > mark.incarnation) return go_on(turns_->claims.meet(answer.incarnation));
  context_.latest = answer.latest_sequence;
  if (Status heard = pulling.hear(answer); !heard.ok()) return context_.fail(heard.error());
  const auto fits = fit(answer.chain);
  if (!fits.ok()) return context_.fail(fits.error());
  if (*fits == Fit::must_compare) return go_on(turns_->comparison.begin(answer.chain, false));
  if (Status noted = note(answer.chain); !noted.ok()) return context_.fail(noted.error());
  return pulling.contradiction().has_value() ? go_on(Ending::contradicted) : next_push();
}

// The hash of one frame stands for all before it, because each names the one before. So a single look tells whether the
// county has our chain; only when it does not fit is the chain compared from its start.
Result<Session::Fit> Session::fit(const wire::ChainState& chain) {
  if (chain.stored_through == 0) return Fit::continues;
  frames::FrameStore& store = context_.store;
  KX_TRY(own, store.frames_after(store.own_writer(), chain.stored_through - 1, 1));
  if (own.empty()) return Fit::must_compare;
  KX_TRY(frame, frames::parse_frame(own.front()));
  const bool is_same = frame.header.last_sequence() == chain.stored_through && frame.hash() == chain.last_frame;
  return is_same ? Fit::continues : Fit::must_compare;
}

Status Session::note(const wire::ChainState& chain) {
  if (chain.applied_through > chain.stored_through) return broken_promise();
  frames::ChainProgress progress;
  progress.writer = context_.store.own_writer();
  progress.stored_through = chain.stored_through;
  progress.applied_through = chain.applied_through;
  if (!chain.receipt.empty()) {
    KX_TRY(receipt, wire::open_receipt(chain.receipt, context_.county));
    if (receipt.writer != progress.writer || receipt.stored_through != chain.stored_through ||
        receipt.frame != chain.last_frame) {
      return broken_promise();
    }
    progress.receipt = chain.receipt;
  } else if (chain.stored_through > 0) {
    // Left out because we have it.
    KX_TRY(kept, context_.store.own_progress());
    if (kept.receipt.empty() || kept.stored_through != chain.stored_through) return broken_promise();
    progress.receipt = std::move(kept.receipt);
  }
  acknowledged_ = chain.stored_through;
  context_.report.stored_through = chain.stored_through;
  context_.report.applied_through = chain.applied_through;
  return context_.store.note_progress(progress);
}

Step Session::next_push() {
  if (context_.errand == Errand::absorb) return begin_photos();
  context_.phase = Phase::push;
  frames::FrameStore& store = context_.store;
  auto own = store.frames_after(store.own_writer(), acknowledged_, context_.message_bytes);
  if (!own.ok()) return context_.fail(own.error());
  if (own->empty()) return begin_relay();
  if (own->size() > limits::push_frames_max) own->resize(limits::push_frames_max);
  const auto last = frames::parse_frame(own->back());
  if (!last.ok()) return context_.fail(last.error());
  pushed_last_ = last->header.last_sequence();
  return ask(wire::PushRequest{store.own_writer(), std::move(own).value()});
}

Step Session::take(const wire::PushAnswer& answer) {
  if (phase() == Phase::relay) return go_on(turns_->relaying.take(answer));
  if (phase() == Phase::keep_fork) return go_on(turns_->comparison.take_evidence_push());
  if (phase() != Phase::push) return context_.fail(broken_promise());
  return take_own_push(answer);
}

Step Session::take_own_push(const wire::PushAnswer& answer) {
  if (answer.chain.stored_through < acknowledged_) return context_.fail(broken_promise());
  if (answer.refusal == wire::PushRefusal::fork) return go_on(turns_->comparison.begin(answer.chain, true));
  const auto fits = fit(answer.chain);
  if (!fits.ok()) return context_.fail(fits.error());
  if (*fits == Fit::must_compare) return go_on(turns_->comparison.begin(answer.chain, false));
  const std::uint64_t before = acknowledged_;
  if (Status noted = note(answer.chain); !noted.ok()) return context_.fail(noted.error());
  context_.report.pushed += acknowledged_ - before;
  if (acknowledged_ > before) {
    ++context_.latest;  // ours were numbered, and perhaps others beside them: pull to find out
    context_.made_progress();
  }
  if (answer.refusal != wire::PushRefusal::none) return take_refused_push(answer);
  if (acknowledged_ < pushed_last_) return context_.fail(broken_promise());
  return next_push();
}

Step Session::take_refused_push(const wire::PushAnswer& answer) {
  if (answer.refusal == wire::PushRefusal::gap && ++gaps_ <= gaps_max) return next_push();
  if (must_reoffer_) {
    // The county was restored, and what would let it take ours may be among what others wrote: that goes there first.
    must_push_again_ = true;
  } else {
    context_.report.note_problem(push_error(answer.refusal, answer.refused_sequence));
  }
  return begin_relay();
}

}  // namespace kuangxun::engine
