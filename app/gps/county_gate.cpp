#include "app/gps/county_gate.h"

namespace kuangxun::gps {

GateLimits gate_limits(const records::PositioningRules& rules) {
  GateLimits limits;
  if (!rules.gate) return limits;
  limits.accuracy_mm_max = rules.gate->accuracy_mm_max;
  limits.warm_up_fixes = rules.gate->warm_up_fixes.value_or(limits.warm_up_fixes);
  limits.age_ms_max = rules.gate->fix_age_ms_max.value_or(limits.age_ms_max);
  return limits;
}

}  // namespace kuangxun::gps
