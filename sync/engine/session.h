#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/base/limits.h"
#include "db/frames/frame_store.h"
#include "sync/engine/attachment_store.h"
#include "sync/engine/report.h"
#include "sync/engine/witness.h"
#include "sync/wire/messages.h"

// One sync as a machine of steps: each answer gives the next request. It sends nothing itself and waits for nothing, so
// the same code runs over a socket, in a simulation and on a USB stick. Order: seal, status, push, relay, pull, then
// photos; a small record never waits behind a photo.
namespace kuangxun::engine {

enum class Phase {
  status,
  claim,
  compare_chain,
  keep_fork,
  new_epoch,
  push,
  ask_chains,
  relay,
  vouch,
  pull,
  offer_photos,
  send_photo,
  ask_photos,
  fetch_photo,
  done
};

// What to do now: send `request` and give its answer to answered(), or stop.
struct Step {
  std::optional<wire::RequestBody> request;
  std::optional<Error> failure;
  bool is_done() const { return !request.has_value() && !failure.has_value(); }
};

// What a session is for.
enum class Errand {
  everything,
  // The answers were given before and lie in a file (sync/bundle): takes in what they bring and offers nothing.
  absorb
};

class Session {
 public:
  // Borrowed for the length of the session. Without `photos` only records travel. The store knows the county.
  Session(frames::FrameStore& store, AttachmentStore* photos, Errand errand = Errand::everything)
      : store_(store), photos_(photos), errand_(errand) {}

  Step begin();
  Step answered(const wire::AnswerBody& answer);
  // The county's signed "no".
  Step refused(wire::AnswerCode code);
  // The link broke before the answer came. Asks how far the county is and goes on from there with smaller messages;
  // fails when several breaks follow each other without progress.
  Step cut();

  const Report& report() const { return report_; }
  Phase phase() const { return phase_; }

 private:
  // Status and push (session.cpp).
  Step ask_status();
  Step take(const wire::StatusAnswer& answer);
  Step take(const wire::PushAnswer& answer);
  Step next_push();
  Step take_refused_push(const wire::PushAnswer& answer);
  Status note(const wire::ChainState& chain);
  // The county's signatures for more than we have pulled. They stay until the pages have led there: who is cut off
  // before that could not tell any more that the county was restored meanwhile.
  Result<std::vector<SignedCheckpoint>> kept_promises();
  Status keep_last(const Bytes& sealed, std::uint64_t sequence);
  Result<std::optional<Contradiction>> hear(const wire::StatusAnswer& answer);
  // Does the county's chain of ours end where ours passes?
  enum class Fit { continues, must_compare };
  Result<Fit> fit(const wire::ChainState& chain);
  Step take_revocation();

  // What went wrong in the world: copies, restores, lost keys (session_recovery.cpp).
  Step claim(const wire::StatusAnswer& answer);
  Step take(const wire::ClaimAnswer& answer);
  Step meet_incarnation(std::uint32_t incarnation);
  Step begin_compare(const wire::ChainState& theirs);
  Step next_compare();
  Step take(const wire::ChainFramesAnswer& answer);
  Step finish_compare();
  Step take_fork_push(const wire::PushAnswer& answer);
  Step ask_new_epoch(std::uint32_t after);
  Step take(const wire::NewEpochAnswer& answer);
  Step begin_relay();
  Step next_chains();
  Step take(const wire::ChainsAnswer& answer);
  Step next_relay();
  Step take_relay(const wire::PushAnswer& answer);
  // Tells the county our key of an earlier epoch; none when it cannot be done, or was done already.
  std::optional<Step> vouch_for(const history::WriterId& earlier);
  Step not_vouched();

  // The county's sequence (session_pull.cpp).
  Step begin_pull();
  Step next_pull();
  Step after_pull();
  Step take(const wire::PullAnswer& answer);
  Step next_challenge();
  Step meet_contradiction(const Contradiction& contradiction);
  Step distrust();

  // Photos (session_photos.cpp).
  Step begin_photos();
  void take_next_names();
  Step next_offer();
  Step next_piece();
  Step begin_fetch();
  Step next_question();
  Step take(const wire::AttachmentHaveAnswer& answer);
  Step take_offers(const wire::AttachmentHaveAnswer& answer);
  Step take_answers(const wire::AttachmentHaveAnswer& answer);
  Step take(const wire::AttachmentPutAnswer& answer);
  Step next_fetch();
  Step take(const wire::AttachmentGetAnswer& answer);

  Step finish();
  Step fail(const Error& error);
  void note_problem(const Error& error) { report_.note_problem(error); }
  void made_progress() { cuts_ = 0; }
  // A piece of a photo came through: the next one may be larger. When the link is cut in it, what arrived is kept.
  void grow_pieces() { message_bytes_ = std::min(message_bytes_ * 2, limits::message_bytes_wanted); }

  frames::FrameStore& store_;
  AttachmentStore* photos_;
  Errand errand_;
  frames::KnownCounty county_;
  Report report_;
  Phase phase_ = Phase::status;
  std::uint32_t message_bytes_ = 0;
  int cuts_ = 0;
  int gaps_ = 0;
  int turns_ = 0;  // times that the status was asked again for another reason than a cut

  frames::CountyMark mark_;
  std::uint64_t acknowledged_ = 0;  // the county has our operations up to here
  std::uint64_t pushed_last_ = 0;   // last operation of the push under way
  std::uint64_t latest_ = 0;        // of the county's sequence
  bool is_pull_stopped_ = false;    // the county contradicted itself
  bool has_challenged_ = false;     // it was shown what it had signed
  bool is_challenge_ = false;       // by the claim that is on its way
  std::vector<Bytes> challenges_;   // what else it signed, to be shown if it stands by what it shows
  bool is_before_push_ = false;
  bool is_revoked_ = false;  // we may only leave what we have
  // What the county signed for beyond our place, with this status or an earlier one: the pages must lead there.
  std::vector<SignedCheckpoint> promised_;

  // Comparing our chain with the county's.
  wire::ChainState compared_;
  std::uint64_t compared_through_ = 0;
  std::vector<frames::SequencedFrame> missing_here_;
  bool is_refused_as_fork_ = false;
  std::uint64_t first_lost_ = 0;  // first own operation that the county has another one for; 0 for none
  frames::NextEpoch next_epoch_;

  // Relaying.
  bool must_reoffer_ = false;
  // The county did not know us any more; what it needs for that is among what is re-offered.
  bool must_push_again_ = false;
  std::vector<frames::ChainHead> chains_left_;  // to ask about; the last ones are next
  std::vector<frames::ChainHead> asked_;
  struct Relay {
    history::WriterId writer;
    std::uint64_t after = 0;       // what stands behind this operation is sent next
    std::uint64_t county_has = 0;  // the county's chain, up to here
    bool is_forked = false;        // the county has another chain under this name: ours goes there whole, as evidence
  };
  bool is_own(const history::WriterId& writer);
  Status settle_fork(const Relay& relay);
  std::vector<Relay> relays_;        // the last one is next
  std::set<std::uint32_t> vouched_;  // earlier epochs whose keys the county was told in this session
  std::uint64_t relayed_last_ = 0;

  std::vector<wire::AttachmentName> photos_left_;  // to offer, later to ask for; the last ones are next
  std::vector<wire::AttachmentName> offered_;
  struct Sending {
    wire::AttachmentName name;
    wire::ChunkMap map;
  };
  std::vector<Sending> to_send_;
  std::uint32_t chunk_ = 0;
  std::uint32_t offset_ = 0;
  int stalls_ = 0;
  std::optional<std::pair<Hash, std::uint64_t>> last_partial_;  // of the photo that a cut interrupted
  std::vector<wire::AttachmentName> to_fetch_;
};

// What a refusal means for the person at the laptop.
Error refusal_error(wire::AnswerCode code);
Error push_error(wire::PushRefusal refusal, std::uint64_t sequence);

}  // namespace kuangxun::engine
