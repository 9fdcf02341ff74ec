#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/gps/fix.h"

namespace kuangxun::gps {

struct GateLimits {
  // A receiver's first fixes after a start or a gap are its worst.
  int warm_up_fixes = 5;
  // So long without a fix and the warming up begins anew.
  std::int64_t gap_ms_max = 10'000;
  std::int64_t accuracy_mm_max = 10'000;
  std::int64_t age_ms_max = 2'000;
};

enum class GateVerdict {
  accepted,
  warming_up,
  too_old,
  no_date,
  not_measured,  // estimated, typed or simulated
  sentences_disagree,
  accuracy_unknown,
  accuracy_too_poor,
};

// Decides which fixes may become evidence. The verdict is data: a screen shows why a fix does not count. One gate a
// receiver session; used by one thread.
class EvidenceGate {
 public:
  explicit EvidenceGate(const GateLimits& limits = {}) : limits_(limits) {}

  // Every fix of the stream, in order, once; `now_steady_ms` by the clock that FixStream has.
  GateVerdict judge(const Fix& fix, std::int64_t now_steady_ms);
  int warm_up_left() const;

 private:
  GateLimits limits_;
  int seen_ = 0;
  std::optional<std::int64_t> last_received_ms_;
};

// For people: why, and what to do.
std::string gate_text(GateVerdict verdict);

}  // namespace kuangxun::gps
