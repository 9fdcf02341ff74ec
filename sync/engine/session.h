#pragma once

#include <memory>

#include "db/frames/frame_store.h"
#include "sync/engine/attachment_store.h"
#include "sync/engine/report.h"
#include "sync/engine/step.h"

// One sync as a machine of steps: each answer gives the next request. It sends nothing itself and waits for nothing, so
// the same code runs over a socket, in a simulation and on a USB stick. Order: seal, status, push, relay, pull, then
// photos; a small record never waits behind a photo.
namespace kuangxun::engine {

struct Context;

// Asks how far the county is, pushes what is ours, and decides which turn comes after which; what a turn does is the
// turn's (claims, chain_comparison, relaying, pulling, photo_sending, photo_fetching). One thread.
class Session {
 public:
  // Borrowed for the length of the session. Without `photos` only records travel. The store knows the county.
  Session(frames::FrameStore& store, AttachmentStore* photos, Errand errand = Errand::everything);
  ~Session();

  Step begin();
  Step answered(const wire::AnswerBody& answer);
  // The county's signed "no".
  Step refused(wire::AnswerCode code);
  // The link broke before the answer came. Asks how far the county is and goes on from there with smaller messages;
  // fails when several breaks follow each other without progress.
  Step cut();

  const Report& report() const;
  Phase phase() const;

 private:
  // A turn's step, or what comes after the turn: the order of a session stands here.
  Step go_on(Turn turn);
  Step begin_relay();
  Step begin_pull();
  Step after_pull();
  Step begin_photos();
  Step finish();

  Step ask_status();
  Step take(const wire::StatusAnswer& answer);
  Step take(const wire::PushAnswer& answer);
  Step next_push();
  Step take_own_push(const wire::PushAnswer& answer);
  Step take_refused_push(const wire::PushAnswer& answer);
  Step take_revocation();
  Status note(const wire::ChainState& chain);
  // Does the county's chain of ours end where ours passes?
  enum class Fit { continues, must_compare };
  Result<Fit> fit(const wire::ChainState& chain);

  struct Turns;
  std::unique_ptr<Turns> turns_;
  Context& context_;  // in turns_

  int gaps_ = 0;
  std::uint64_t acknowledged_ = 0;  // the county has our operations up to here
  std::uint64_t pushed_last_ = 0;   // last operation of the push under way
  bool is_revoked_ = false;         // we may only leave what we have
  bool is_pull_stopped_ = false;    // the county contradicted itself
  bool is_before_push_ = false;     // when it did
  bool must_reoffer_ = false;       // to a county that was restored, what we hold of others
  // The county did not know us any more; what it needs for that is among what is re-offered.
  bool must_push_again_ = false;
};

}  // namespace kuangxun::engine
