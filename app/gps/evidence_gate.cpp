#include "app/gps/evidence_gate.h"

#include <algorithm>

#include "db/language/language.h"

// Of several reasons the first in this order is told. Accuracy comes last: open sky helps against none of the others.
namespace kuangxun::gps {

int EvidenceGate::warm_up_left() const {
  return std::max(0, limits_.warm_up_fixes - seen_);
}

GateVerdict EvidenceGate::judge(const Fix& fix, std::int64_t now_steady_ms) {
  if (last_received_ms_ && fix.received_steady_ms - *last_received_ms_ > limits_.gap_ms_max) seen_ = 0;
  last_received_ms_ = fix.received_steady_ms;
  if (seen_ < limits_.warm_up_fixes) {
    ++seen_;
    return GateVerdict::warming_up;
  }
  if (fix.age_ms(now_steady_ms) > limits_.age_ms_max) return GateVerdict::too_old;
  if (!fix.utc_ms) return GateVerdict::no_date;
  if (!user_range_error_mm(fix.type)) return GateVerdict::not_measured;
  if (!fix.sentences_agree) return GateVerdict::sentences_disagree;
  if (!fix.accuracy_mm) return GateVerdict::accuracy_unknown;
  if (*fix.accuracy_mm > limits_.accuracy_mm_max) return GateVerdict::accuracy_too_poor;
  return GateVerdict::accepted;
}

std::string gate_text(GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::accepted:
      return say_text("usable");
    case GateVerdict::warming_up:
      return say_text("the receiver has just begun; wait a few seconds");
    case GateVerdict::too_old:
      return say_text("the fix is too old; check the receiver's connection");
    case GateVerdict::no_date:
      return say_text("the receiver has not given the date and time yet; wait");
    case GateVerdict::not_measured:
      return say_text("the receiver gives an estimated or simulated position; it is no evidence");
    case GateVerdict::sentences_disagree:
      return say_text(
          "positions of the same moment contradict each other; check for "
          "noise on the line");
    case GateVerdict::accuracy_unknown:
      return say_text("the receiver gives no accuracy; it is no evidence");
    case GateVerdict::accuracy_too_poor:
      break;
  }
  return say_text("not accurate enough; move to open sky and wait");
}

}  // namespace kuangxun::gps
