#pragma once

#include "db/base/limits.h"
#include "db/frames/frame_store.h"
#include "sync/engine/attachment_store.h"
#include "sync/engine/report.h"
#include "sync/engine/step.h"

namespace kuangxun::engine {

// What the turns of one session share; the session owns it. All of it is of one thread. Store and photos are borrowed
// for the length of the session; without `photos` only records travel.
struct Context {
  Context(frames::FrameStore& laptop, AttachmentStore* its_photos, Errand why)
      : store(laptop), photos(its_photos), errand(why) {}

  frames::FrameStore& store;
  AttachmentStore* const photos;
  const Errand errand;
  frames::KnownCounty county;  // as it is known since the newest answer
  frames::CountyMark mark;     // where we stand in its sequence
  std::uint64_t latest = 0;    // where that ends, as far as we heard
  Report report;
  Phase phase = Phase::status;
  std::uint32_t message_bytes = limits::message_bytes_wanted;  // of what is sent and asked for at once
  int cuts = 0;                                                // of the link, without progress between them
  int restarts = 0;  // times that the status was asked again for another reason than a cut

  // Ends the session. What a pull had brought until then is shown.
  Step fail(const Error& error);
  // False when the session goes round in circles.
  bool may_restart();
  void made_progress() { cuts = 0; }
  // A piece of a photo came through: the next one may be larger. When the link is cut in it, what arrived is kept.
  void grow_pieces();
};

}  // namespace kuangxun::engine
