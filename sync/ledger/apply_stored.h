#pragma once

#include <cstdint>

#include "sync/ledger/county.h"

namespace kuangxun::ledger {

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

}  // namespace kuangxun::ledger
