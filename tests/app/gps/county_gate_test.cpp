#include "app/gps/county_gate.h"

#include <doctest/doctest.h>

using namespace kuangxun;
using namespace kuangxun::gps;

namespace {

Fix fix_with_accuracy(std::int64_t accuracy_mm) {
  Fix fix;
  fix.utc_ms = 1'800'000'000'000;
  fix.accuracy_mm = accuracy_mm;
  return fix;
}

}  // namespace

TEST_CASE("a county that asks nothing leaves the program's own gate") {
  const GateLimits limits = gate_limits({});
  CHECK(limits.accuracy_mm_max == GateLimits{}.accuracy_mm_max);
  CHECK(limits.warm_up_fixes == GateLimits{}.warm_up_fixes);
  CHECK(limits.age_ms_max == GateLimits{}.age_ms_max);
}

TEST_CASE("what the county asks decides, and what it leaves open stays") {
  records::PositioningRules rules;
  rules.gate = {3'000, 0, std::nullopt};
  EvidenceGate gate(gate_limits(rules));
  CHECK(gate.judge(fix_with_accuracy(3'000), 0) == GateVerdict::accepted);
  CHECK(gate.judge(fix_with_accuracy(3'001), 0) == GateVerdict::accuracy_too_poor);
  CHECK(gate.judge(fix_with_accuracy(3'000), GateLimits{}.age_ms_max + 1) == GateVerdict::too_old);
}
