#pragma once

#include <optional>
#include <vector>

#include "db/frames/frame_store.h"
#include "sync/engine/attachment_store.h"
#include "sync/wire/messages.h"

// One sync as a machine of steps: each answer gives the next request. It sends nothing itself and waits for nothing, so
// the same code runs over a socket, in a test and in a simulation. Order: seal, push, pull, then photos; a small record
// never waits behind a photo.
namespace kuangxun::engine {

struct Report {
  std::uint64_t pushed = 0;  // operations that are new at the county
  std::uint64_t pulled = 0;  // operations that are new here
  std::uint64_t stored_through = 0;
  std::uint64_t applied_through = 0;
  std::uint64_t quarantined = 0;  // own operations and pulled frames that are kept but not shown
  std::uint64_t photos_sent = 0;
  std::uint64_t photos_fetched = 0;
  // Why the county took no more of our frames, or a photo did not go; the rest was done all the same.
  std::optional<Error> problem;
};

enum class Phase { status, push, pull, offer_photos, send_photo, ask_photos, fetch_photo, done };

// What to do now: send `request` and give its answer to answered(), or stop.
struct Step {
  std::optional<wire::RequestBody> request;
  std::optional<Error> failure;
  bool is_done() const { return !request.has_value() && !failure.has_value(); }
};

class Session {
 public:
  // Borrowed for the length of the session. Without `photos` only records travel.
  Session(frames::FrameStore& store, AttachmentStore* photos, const PublicKey& county_key)
      : store_(store), photos_(photos), county_key_(county_key) {}

  Step begin();
  Step answered(const wire::AnswerBody& answer);
  // The link broke before the answer came. Asks how far the county is and goes on from there with smaller messages;
  // fails when several breaks follow each other without progress.
  Step cut();

  const Report& report() const { return report_; }
  Phase phase() const { return phase_; }

 private:
  Step ask_status();
  Step take(const wire::StatusAnswer& answer);
  Step take(const wire::PushAnswer& answer);
  Step take(const wire::PullAnswer& answer);
  Step take(const wire::AttachmentHaveAnswer& answer);
  Step take(const wire::AttachmentPutAnswer& answer);
  Step take(const wire::AttachmentGetAnswer& answer);
  Step next_push();
  Step begin_pull();
  Step next_pull();
  Step begin_photos();
  void take_next_names();
  Step next_offer();
  Step next_chunk();
  Step begin_fetch();
  Step next_question();
  Step take_offers(const wire::AttachmentHaveAnswer& answer);
  Step take_answers(const wire::AttachmentHaveAnswer& answer);
  Step next_fetch();
  Step finish();
  Step fail(const Error& error);

  // Whether the county's chain of ours is one that we can continue; else the problem is noted.
  Result<bool> continues(const wire::ChainState& chain);
  Status note(const wire::ChainState& chain);
  void note_problem(const Error& error);
  void made_progress() { cuts_ = 0; }

  frames::FrameStore& store_;
  AttachmentStore* photos_;
  PublicKey county_key_;
  Report report_;
  Phase phase_ = Phase::status;
  std::uint32_t message_bytes_ = 0;
  int cuts_ = 0;
  int gaps_ = 0;

  std::uint64_t acknowledged_ = 0;  // the county has our operations up to here
  std::uint64_t pushed_last_ = 0;   // last operation of the push under way
  std::uint64_t latest_ = 0;        // of the county's sequence
  std::uint64_t pull_after_ = 0;
  bool wants_own_ = false;

  std::vector<wire::AttachmentName> photos_left_;  // to offer, later to ask for; the last ones are next
  std::vector<wire::AttachmentName> offered_;
  std::vector<std::pair<wire::AttachmentName, wire::ChunkMap>> to_send_;
  std::uint32_t chunk_ = 0;
  std::vector<wire::AttachmentName> to_fetch_;
  Bytes fetched_;
};

}  // namespace kuangxun::engine
