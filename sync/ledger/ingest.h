#pragma once

#include <span>
#include <vector>

#include "sync/ledger/county.h"
#include "sync/ledger/intake.h"
#include "sync/wire/messages.h"

namespace kuangxun::ledger {

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

}  // namespace kuangxun::ledger
