#include "sync/engine/relaying.h"

#include <algorithm>

#include "sync/engine/refusal.h"
#include "sync/engine/witness.h"

namespace kuangxun::engine {

Turn Relaying::begin(bool of_everybody) {
  auto chains = of_everybody ? context_.store.chains() : context_.store.unsent_chains();
  if (!chains.ok()) return context_.fail(chains.error());
  chains_left_ = std::move(chains).value();
  std::erase_if(chains_left_,
                [&](const frames::ChainHead& head) { return head.writer == context_.store.own_writer(); });
  std::ranges::reverse(chains_left_);
  relays_.clear();
  return next_chains();
}

void Relaying::forget() {
  chains_left_.clear();
  relays_.clear();
}

Turn Relaying::next_chains() {
  if (chains_left_.empty()) {
    std::ranges::reverse(relays_);
    return next_relay();
  }
  context_.phase = Phase::ask_chains;
  const std::size_t count = std::min<std::size_t>(chains_left_.size(), limits::chains_max);
  asked_.assign(chains_left_.rbegin(), chains_left_.rbegin() + static_cast<std::ptrdiff_t>(count));
  chains_left_.resize(chains_left_.size() - count);
  wire::ChainsRequest request;
  for (const frames::ChainHead& head : asked_) request.writers.push_back(head.writer);
  return ask(std::move(request));
}

Turn Relaying::take(const wire::ChainsAnswer& answer) {
  if (context_.phase != Phase::ask_chains || answer.ends.size() != asked_.size()) {
    return context_.fail(broken_promise());
  }
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const wire::ChainEnd& theirs = answer.ends[i];
    const frames::ChainHead& ours = asked_[i];
    if (theirs.stored_through != ours.through || theirs.last_frame != ours.last_frame) {
      // Where theirs is longer, ours may be its beginning or another chain of the same name (a laptop that was restored
      // wrote on for a county that was): our last frame tells.
      relays_.push_back({ours.writer, std::min(theirs.stored_through, ours.through - 1), theirs.stored_through});
    } else if (is_own(ours.writer)) {
      const Status noted = context_.store.note_progress({ours.writer, theirs.stored_through, 0, {}});
      if (!noted.ok()) return context_.fail(noted.error());
    }
  }
  return next_chains();
}

Turn Relaying::next_relay() {
  while (!relays_.empty()) {
    const Relay& relay = relays_.back();
    auto frames = context_.store.frames_after(relay.writer, relay.after, context_.message_bytes);
    if (!frames.ok()) return context_.fail(frames.error());
    if (frames->empty()) {
      if (Status settled = settle_fork(relay); !settled.ok()) return context_.fail(settled.error());
      relays_.pop_back();
      continue;
    }
    if (frames->size() > limits::push_frames_max) frames->resize(limits::push_frames_max);
    const auto last = frames::parse_frame(frames->back());
    if (!last.ok()) return context_.fail(last.error());
    relayed_last_ = last->header.last_sequence();
    context_.phase = Phase::relay;
    return ask(wire::PushRequest{relay.writer, std::move(frames).value()});
  }
  return Ending::relayed;
}

// The device id alone does not say so: a copy of this laptop has it too, and other epochs.
bool Relaying::is_own(const history::WriterId& writer) {
  return writer.device == context_.store.own_writer().device && context_.store.own_key(writer.epoch).has_value();
}

// Of an own earlier chain that the county refuses as forked it has each frame as evidence now. It is not offered again,
// until the county is restored.
Status Relaying::settle_fork(const Relay& relay) {
  if (!relay.is_forked || !is_own(relay.writer)) return {};
  return context_.store.note_progress({relay.writer, relay.after, 0, {}});
}

Turn Relaying::take(const wire::PushAnswer& answer) {
  if (relays_.empty()) return context_.fail(broken_promise());
  Relay& relay = relays_.back();
  const std::uint64_t through = answer.chain.stored_through;
  if (through > relay.county_has) {
    context_.report.relayed += through - relay.county_has;
    relay.county_has = through;
    ++context_.latest;
    context_.made_progress();
  }
  const bool is_ours = is_own(relay.writer);
  if (is_ours && answer.refusal == wire::PushRefusal::none) {
    if (Status noted = note_own(relay, answer.chain); !noted.ok()) return context_.fail(noted.error());
  } else if (is_ours) {
    if (answer.refusal == wire::PushRefusal::wrong_writer) {
      if (auto step = vouch_for(relay.writer)) return *std::move(step);
    }
    context_.report.note_problem(push_error(answer.refusal, answer.refused_sequence));
  }
  return go_on_after(answer);
}

Status Relaying::note_own(const Relay& relay, const wire::ChainState& chain) {
  if (chain.stored_through <= relayed_last_) return note_chain(context_.store, context_.county, relay.writer, chain);
  // Of what another copy of this laptop wrote on we hold nothing that its receipt could be compared with.
  return context_.store.note_progress({relay.writer, chain.stored_through, 0, {}});
}

Turn Relaying::go_on_after(const wire::PushAnswer& answer) {
  Relay& relay = relays_.back();
  if (answer.refusal == wire::PushRefusal::fork) {
    // Where the two part is not known here, and nobody else may have ours: all of it, once.
    relay.after = relay.is_forked ? relayed_last_ : 0;
    relay.is_forked = true;
    return next_relay();
  }
  const std::uint64_t through = answer.chain.stored_through;
  // What is refused stays here and is offered again after the next restore; the county said why in its log.
  const bool goes_on = answer.refusal == wire::PushRefusal::none && (relay.is_forked || through > relay.after);
  relay.after = relay.is_forked ? relayed_last_ : through;
  if (!goes_on) relays_.pop_back();
  return next_relay();
}

// The county was restored from before this laptop was enrolled, and before the laptop came again its key was lost: the
// county knows only the new one. What the old one signed lies here and counts, if we say that it was ours.
std::optional<Step> Relaying::vouch_for(const history::WriterId& earlier) {
  const history::WriterId own = context_.store.own_writer();
  if (earlier.epoch >= own.epoch || !vouched_.insert(earlier.epoch).second) return std::nullopt;
  const auto key = context_.store.own_key(earlier.epoch);
  if (!key.has_value()) return std::nullopt;
  context_.phase = Phase::vouch;
  const Bytes statement = frames::new_epoch_statement(own, earlier.epoch, *key);
  return ask(wire::NewEpochRequest{earlier.epoch, *key, context_.store.signing_key().sign(statement)});
}

Turn Relaying::take_vouched() {
  return next_relay();
}

Turn Relaying::not_vouched() {
  context_.report.note_problem(push_error(wire::PushRefusal::wrong_writer, relays_.back().after + 1));
  relays_.pop_back();
  return next_relay();
}

}  // namespace kuangxun::engine
