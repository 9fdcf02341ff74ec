#include "sync/engine/chain_comparison.h"

#include "sync/engine/witness.h"

namespace kuangxun::engine {

Turn ChainComparison::begin(const wire::ChainState& theirs, bool is_refused_as_fork) {
  if (is_refused_as_fork) is_refused_as_fork_ = true;
  if (!context_.may_restart()) return context_.fail(broken_promise());
  compared_ = theirs;
  compared_through_ = 0;
  first_lost_ = 0;
  missing_here_.clear();
  return next_frames();
}

Turn ChainComparison::next_frames() {
  context_.phase = Phase::compare_chain;
  return ask(wire::ChainFramesRequest{context_.store.own_writer(), compared_through_, context_.message_bytes});
}

Turn ChainComparison::take(const wire::ChainFramesAnswer& answer) {
  if (context_.phase != Phase::compare_chain) return context_.fail(broken_promise());
  frames::FrameStore& store = context_.store;
  for (const frames::SequencedFrame& theirs : answer.frames) {
    const auto frame = frames::parse_frame(theirs.bytes);
    // Whoever wrote under our name had our key: what nobody signed is not heard.
    if (!frame.ok() || frame->header.writer != store.own_writer() ||
        frame->header.first_sequence != compared_through_ + 1 ||
        !frames::verify_frame(*frame, store.signing_key().public_key()).ok()) {
      return context_.fail(broken_promise());
    }
    const auto ours = store.frames_after(store.own_writer(), compared_through_, 1);
    if (!ours.ok()) return context_.fail(ours.error());
    const bool is_same = !ours->empty() && frames::frame_hash(ours->front()) == frame->hash();
    if (!is_same && !ours->empty() && first_lost_ == 0) first_lost_ = frame->header.first_sequence;
    if (!is_same) missing_here_.push_back(theirs);
    compared_through_ = frame->header.last_sequence();
  }
  if (!answer.frames.empty()) context_.made_progress();
  if (answer.has_more && answer.frames.empty()) return context_.fail(broken_promise());
  return answer.has_more ? next_frames() : finish();
}

Turn ChainComparison::finish() {
  if (first_lost_ == 0 && missing_here_.empty()) {
    if (!is_refused_as_fork_) return context_.fail(broken_promise());
    // What it has is ours, but it takes no more: it keeps another chain of this name, and has ended this one.
    first_lost_ = compared_.stored_through + 1;
  }
  if (first_lost_ == 0) return bring_home();
  context_.phase = Phase::keep_fork;
  frames::FrameStore& store = context_.store;
  auto ours = store.frames_after(store.own_writer(), first_lost_ - 1, context_.message_bytes);
  if (!ours.ok()) return context_.fail(ours.error());
  if (ours->size() > limits::push_frames_max) ours->resize(limits::push_frames_max);
  return ask(wire::PushRequest{store.own_writer(), std::move(ours).value()});
}

// We only have less: this laptop was restored from an older copy.
Turn ChainComparison::bring_home() {
  const auto counts = context_.store.apply_chain(missing_here_);
  if (!counts.ok()) return context_.fail(counts.error());
  context_.report.pulled += counts->operations;
  missing_here_.clear();
  return Ending::compared;
}

Turn ChainComparison::take_evidence_push() {
  return ask_new_epoch(context_.store.own_writer().epoch);
}

Turn ChainComparison::ask_later_epoch() {
  return ask_new_epoch(next_epoch_.epoch);
}

Turn ChainComparison::ask_new_epoch(std::uint32_t after) {
  context_.phase = Phase::new_epoch;
  const auto next = context_.store.prepare_epoch(after);
  if (!next.ok()) return context_.fail(next.error());
  next_epoch_ = *next;
  return ask(wire::NewEpochRequest{next->epoch, next->key, next->proof});
}

Turn ChainComparison::take_new_epoch() {
  frames::FrameStore& store = context_.store;
  const history::WriterId former = store.own_writer();
  if (Status entered = store.enter_epoch(next_epoch_, first_lost_); !entered.ok()) {
    return context_.fail(entered.error());
  }
  const auto counts = store.apply_chain(missing_here_);
  if (!counts.ok()) return context_.fail(counts.error());
  // What stands under the former name now is what the county has.
  if (!compared_.receipt.empty()) {
    if (Status noted = note_chain(store, context_.county, former, compared_); !noted.ok()) {
      return context_.fail(noted.error());
    }
  }
  context_.report.pulled += counts->operations;
  context_.report.new_epoch = next_epoch_.epoch;
  missing_here_.clear();
  if (Status sealed = store.seal(); !sealed.ok()) return context_.fail(sealed.error());
  return Ending::compared;
}

}  // namespace kuangxun::engine
