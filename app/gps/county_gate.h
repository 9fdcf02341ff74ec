#pragma once

#include "app/gps/evidence_gate.h"
#include "db/records/positioning_rules.h"

namespace kuangxun::gps {

// The gate that the county set; what it did not say is the program's own.
GateLimits gate_limits(const records::PositioningRules& rules);

}  // namespace kuangxun::gps
