#pragma once

#include "app/cli/command.h"
#include "app/gps/evidence_gate.h"
#include "app/inspect/track/track_filter.h"

namespace kuangxun::cli {

// What the county asked of positions when this laptop last synced; without a data folder the program's own.
gps::GateLimits limits_here(Context& context);

// What became of the fixes of a track. The exit code.
int print_counts(Context& context, const inspect::TrackFilter::Counts& counts);

}  // namespace kuangxun::cli
