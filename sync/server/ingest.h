#pragma once

#include <span>
#include <vector>

#include "sync/server/county.h"
#include "sync/server/intake.h"
#include "sync/wire/messages.h"

namespace kuangxun::server {

// What came of a push, for the log.
struct PushCounts {
  std::uint64_t frames = 0;
  std::uint64_t operations = 0;
  std::uint64_t persons = 0;
  std::uint64_t bytes = 0;
};

// Takes frames of one writer's chain, whoever brings them: proved before anything waits, stored in one transaction,
// those before a refused one too. Nothing is applied, but for the county's own frames, which laptops bring back after a
// restore.
Result<wire::PushAnswer> push(County& county, const wire::PushRequest& request, PushCounts& counts);

// The registers, once.
Status load_genesis(County& county, const frames::Frame& genesis);

// Whether nothing was left to do.
struct ApplyProgress {
  std::uint32_t frames = 0;
  bool is_done = true;
};
// Applies what was stored, in the county's order, at most `frames_max` frames in one transaction. What cannot be read
// or must not be shown is decided about in the same transaction and blocks nothing behind it. Called by the server's
// applier again and again, on a County of its own; any number may call it at once.
Result<ApplyProgress> apply_stored(County& county, std::uint32_t frames_max);
// Until nothing is left.
Status apply_all(County& county);

}  // namespace kuangxun::server
