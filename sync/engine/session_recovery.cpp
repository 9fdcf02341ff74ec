#include <algorithm>

#include "db/base/limits.h"
#include "sync/engine/session.h"

// The half of the session for what goes wrong in the world: a county restored from a backup, a laptop's data copied or
// restored, frames that only somebody else can bring. Nothing is dropped on either side.
namespace kuangxun::engine {
namespace {

// As in session.cpp: each turn asks for the status again, and a county that is honest needs few of them.
constexpr int turns_max = 12;

}  // namespace

// The county has less than we saw. If it signed for more than it has, its own signature tells it so; else (we were cut
// off before its signature came) nothing can be proved, and we only go back to where it is.
Step Session::claim(const wire::StatusAnswer& answer) {
  for (const auto& sealed : {store_.newest_checkpoint(), store_.promised_checkpoint()}) {
    if (!sealed.ok()) return fail(sealed.error());
    if (sealed->empty()) continue;
    const auto kept = wire::open_checkpoint(*sealed, county_);
    if (!kept.ok()) return fail(kept.error());
    const bool is_proof = kept->incarnation > answer.incarnation ||
                          (kept->incarnation == answer.incarnation && kept->size > answer.latest_sequence);
    if (!is_proof) continue;
    if (++turns_ > turns_max) return fail(broken_promise());
    phase_ = Phase::claim;
    return {wire::ClaimRequest{*sealed}, {}};
  }
  return meet_incarnation(answer.incarnation);
}

Step Session::take(const wire::ClaimAnswer& answer) {
  if (phase_ != Phase::claim) return fail(broken_promise());
  const bool is_challenge = is_challenge_;
  is_challenge_ = false;
  if (answer.incarnation > mark_.incarnation) return ask_status();
  if (!is_challenge || answer.incarnation < mark_.incarnation) return fail(broken_promise());
  if (!challenges_.empty()) return next_challenge();
  const auto sealed = store_.newest_checkpoint();
  if (!sealed.ok()) return fail(sealed.error());
  const auto kept = wire::open_checkpoint(*sealed, county_);
  if (!kept.ok()) return fail(kept.error());
  // What came after that checkpoint the county never signed for (we were cut off): it cannot be held to it.
  return kept->size < mark_.sequence() ? meet_incarnation(answer.incarnation) : distrust();
}

Step Session::meet_incarnation(std::uint32_t incarnation) {
  if (++turns_ > turns_max) return fail(broken_promise());
  const bool is_first_meeting = mark_.incarnation == 0;
  if (!is_first_meeting) {
    report_.is_county_restored = true;
    // First, because once the store has started over nobody would think of it again.
    if (photos_ != nullptr) {
      if (Status forgotten = photos_->forget_sent(); !forgotten.ok()) return fail(forgotten.error());
    }
  }
  if (Status started = store_.start_over(incarnation); !started.ok()) return fail(started.error());
  return ask_status();
}

// Reads the county's copy of our chain from its start, to learn where the two part.
Step Session::begin_compare(const wire::ChainState& theirs) {
  if (++turns_ > turns_max) return fail(broken_promise());
  compared_ = theirs;
  compared_through_ = 0;
  first_lost_ = 0;
  missing_here_.clear();
  return next_compare();
}

Step Session::next_compare() {
  phase_ = Phase::compare_chain;
  return {wire::ChainFramesRequest{store_.own_writer(), compared_through_, message_bytes_}, {}};
}

Step Session::take(const wire::ChainFramesAnswer& answer) {
  if (phase_ != Phase::compare_chain) return fail(broken_promise());
  for (const frames::SequencedFrame& theirs : answer.frames) {
    const auto frame = frames::parse_frame(theirs.bytes);
    // Whoever wrote under our name had our key: what nobody signed is not heard.
    if (!frame.ok() || frame->header.writer != store_.own_writer() ||
        frame->header.first_sequence != compared_through_ + 1 ||
        !frames::verify_frame(*frame, store_.signing_key().public_key()).ok()) {
      return fail(broken_promise());
    }
    const auto ours = store_.frames_after(store_.own_writer(), compared_through_, 1);
    if (!ours.ok()) return fail(ours.error());
    const bool is_same = !ours->empty() && frames::frame_hash(ours->front()) == frame->hash();
    if (!is_same && !ours->empty() && first_lost_ == 0) first_lost_ = frame->header.first_sequence;
    if (!is_same) missing_here_.push_back(theirs);
    compared_through_ = frame->header.last_sequence();
  }
  if (!answer.frames.empty()) made_progress();
  if (answer.has_more && answer.frames.empty()) return fail(broken_promise());
  return answer.has_more ? next_compare() : finish_compare();
}

Step Session::finish_compare() {
  if (first_lost_ == 0 && missing_here_.empty()) {
    if (!is_refused_as_fork_) return fail(broken_promise());
    // What it has is ours, but it takes no more: it keeps another chain of this name, and has ended this one.
    first_lost_ = compared_.stored_through + 1;
  }
  if (first_lost_ == 0) {
    // We only have less: this laptop was restored from an older copy, and its own frames come home.
    const auto counts = store_.apply_chain(missing_here_);
    if (!counts.ok()) return fail(counts.error());
    report_.pulled += counts->operations;
    missing_here_.clear();
    return ask_status();
  }
  // Two hands wrote under one name. Ours goes to the county as evidence first, then goes on under another epoch.
  phase_ = Phase::keep_fork;
  auto ours = store_.frames_after(store_.own_writer(), first_lost_ - 1, message_bytes_);
  if (!ours.ok()) return fail(ours.error());
  if (ours->size() > limits::push_frames_max) ours->resize(limits::push_frames_max);
  return {wire::PushRequest{store_.own_writer(), std::move(ours).value()}, {}};
}

Step Session::take_fork_push(const wire::PushAnswer& answer) {
  // The county keeps what it refuses as a fork; whether it took all of it does not matter, ours are kept here as well.
  static_cast<void>(answer);
  return ask_new_epoch(store_.own_writer().epoch);
}

Step Session::ask_new_epoch(std::uint32_t after) {
  phase_ = Phase::new_epoch;
  const auto next = store_.prepare_epoch(after);
  if (!next.ok()) return fail(next.error());
  next_epoch_ = *next;
  return {wire::NewEpochRequest{next->epoch, next->key, next->proof}, {}};
}

Step Session::take(const wire::NewEpochAnswer&) {
  if (phase_ == Phase::vouch) return next_relay();
  if (phase_ != Phase::new_epoch) return fail(broken_promise());
  const history::WriterId former = store_.own_writer();
  if (Status entered = store_.enter_epoch(next_epoch_, first_lost_); !entered.ok()) return fail(entered.error());
  const auto counts = store_.apply_chain(missing_here_);
  if (!counts.ok()) return fail(counts.error());
  // What stands under the former name now is what the county has.
  if (!compared_.receipt.empty()) {
    if (Status noted = note_chain(store_, county_, former, compared_); !noted.ok()) return fail(noted.error());
  }
  report_.pulled += counts->operations;
  report_.new_epoch = next_epoch_.epoch;
  missing_here_.clear();
  if (Status sealed = store_.seal(); !sealed.ok()) return fail(sealed.error());
  return ask_status();
}

// The device id alone does not say so: a copy of this laptop has it too, and other epochs.
bool Session::is_own(const history::WriterId& writer) {
  return writer.device == store_.own_writer().device && store_.own_key(writer.epoch).has_value();
}

// Frames that are not of our current chain: after a restore of the county those of everybody, else only what is left of
// our own earlier epochs.
Step Session::begin_relay() {
  if (is_revoked_) return fail(refusal_error(wire::AnswerCode::not_allowed));
  auto chains = must_reoffer_ ? store_.chains() : store_.unsent_chains();
  if (!chains.ok()) return fail(chains.error());
  chains_left_ = std::move(chains).value();
  std::erase_if(chains_left_, [&](const frames::ChainHead& head) { return head.writer == store_.own_writer(); });
  std::ranges::reverse(chains_left_);
  relays_.clear();
  return next_chains();
}

Step Session::next_chains() {
  if (chains_left_.empty()) {
    std::ranges::reverse(relays_);
    return next_relay();
  }
  phase_ = Phase::ask_chains;
  const std::size_t count = std::min<std::size_t>(chains_left_.size(), limits::chains_max);
  asked_.assign(chains_left_.rbegin(), chains_left_.rbegin() + static_cast<std::ptrdiff_t>(count));
  chains_left_.resize(chains_left_.size() - count);
  wire::ChainsRequest request;
  for (const frames::ChainHead& head : asked_) request.writers.push_back(head.writer);
  return {std::move(request), {}};
}

Step Session::take(const wire::ChainsAnswer& answer) {
  if (phase_ != Phase::ask_chains || answer.ends.size() != asked_.size()) return fail(broken_promise());
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const wire::ChainEnd& theirs = answer.ends[i];
    const frames::ChainHead& ours = asked_[i];
    if (theirs.stored_through != ours.through || theirs.last_frame != ours.last_frame) {
      // Where theirs is longer, ours may be its beginning or another chain of the same name (a laptop that was restored
      // wrote on for a county that was): our last frame tells.
      relays_.push_back({ours.writer, std::min(theirs.stored_through, ours.through - 1), theirs.stored_through});
    } else if (is_own(ours.writer)) {
      const Status noted = store_.note_progress({ours.writer, theirs.stored_through, 0, {}});
      if (!noted.ok()) return fail(noted.error());
    }
  }
  return next_chains();
}

Step Session::next_relay() {
  while (!relays_.empty()) {
    const Relay& relay = relays_.back();
    auto frames = store_.frames_after(relay.writer, relay.after, message_bytes_);
    if (!frames.ok()) return fail(frames.error());
    if (frames->empty()) {
      if (Status settled = settle_fork(relay); !settled.ok()) return fail(settled.error());
      relays_.pop_back();
      continue;
    }
    if (frames->size() > limits::push_frames_max) frames->resize(limits::push_frames_max);
    const auto last = frames::parse_frame(frames->back());
    if (!last.ok()) return fail(last.error());
    relayed_last_ = last->header.last_sequence();
    phase_ = Phase::relay;
    return {wire::PushRequest{relay.writer, std::move(frames).value()}, {}};
  }
  must_reoffer_ = false;
  if (must_push_again_) {
    must_push_again_ = false;
    return next_push();
  }
  return begin_pull();
}

// Of an own earlier chain that the county refuses as forked it has each frame as evidence now. It is not offered again,
// until the county is restored.
Status Session::settle_fork(const Relay& relay) {
  if (!relay.is_forked || !is_own(relay.writer)) return {};
  return store_.note_progress({relay.writer, relay.after, 0, {}});
}

Step Session::take_relay(const wire::PushAnswer& answer) {
  if (relays_.empty()) return fail(broken_promise());
  Relay& relay = relays_.back();
  const std::uint64_t through = answer.chain.stored_through;
  if (through > relay.county_has) {
    report_.relayed += through - relay.county_has;
    relay.county_has = through;
    ++latest_;
    made_progress();
  }
  const bool is_ours = is_own(relay.writer);
  if (is_ours && answer.refusal == wire::PushRefusal::none) {
    // Of what another copy of this laptop wrote on we hold nothing that its receipt could be compared with.
    const Status noted = through > relayed_last_ ? store_.note_progress({relay.writer, through, 0, {}})
                                                 : note_chain(store_, county_, relay.writer, answer.chain);
    if (!noted.ok()) return fail(noted.error());
  } else if (is_ours) {
    if (answer.refusal == wire::PushRefusal::wrong_writer) {
      if (auto step = vouch_for(relay.writer)) return *std::move(step);
    }
    note_problem(push_error(answer.refusal, answer.refused_sequence));
  }
  if (answer.refusal == wire::PushRefusal::fork) {
    // Where the two part is not known here, and nobody else may have ours: all of it, once.
    relay.after = relay.is_forked ? relayed_last_ : 0;
    relay.is_forked = true;
    return next_relay();
  }
  // What is refused stays here and is offered again after the next restore; the county said why in its log.
  const bool goes_on = answer.refusal == wire::PushRefusal::none && (relay.is_forked || through > relay.after);
  relay.after = relay.is_forked ? relayed_last_ : through;
  if (!goes_on) relays_.pop_back();
  return next_relay();
}

// The county was restored from before this laptop was enrolled, and before the laptop came again its key was lost: the
// county knows only the new one. What the old one signed lies here and counts, if we say that it was ours.
std::optional<Step> Session::vouch_for(const history::WriterId& earlier) {
  const history::WriterId own = store_.own_writer();
  if (earlier.epoch >= own.epoch || !vouched_.insert(earlier.epoch).second) return std::nullopt;
  const auto key = store_.own_key(earlier.epoch);
  if (!key.has_value()) return std::nullopt;
  phase_ = Phase::vouch;
  const Bytes statement = frames::new_epoch_statement(own, earlier.epoch, *key);
  return Step{wire::NewEpochRequest{earlier.epoch, *key, store_.signing_key().sign(statement)}, {}};
}

// The county is an older program, or knows another key of that epoch. What was refused stays here.
Step Session::not_vouched() {
  note_problem(push_error(wire::PushRefusal::wrong_writer, relays_.back().after + 1));
  relays_.pop_back();
  return next_relay();
}

}  // namespace kuangxun::engine
