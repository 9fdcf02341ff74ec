#include "app/gps/evidence_gate.h"

#include <algorithm>

#include "db/base/language.h"

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
      return say_text("可用", "usable");
    case GateVerdict::warming_up:
      return say_text("刚开始定位，稍候几秒", "the receiver has just begun; wait a few seconds");
    case GateVerdict::too_old:
      return say_text("定位已过时，请检查接收机连接", "the fix is too old; check the receiver's connection");
    case GateVerdict::no_date:
      return say_text("接收机尚未给出日期时间，请等待", "the receiver has not given the date and time yet; wait");
    case GateVerdict::not_measured:
      return say_text("接收机给出的是推算或模拟位置，不能作为证据",
                      "the receiver gives an estimated or simulated position; it is no evidence");
    case GateVerdict::sentences_disagree:
      return say_text("同一时刻的位置互相矛盾，请检查线路干扰",
                      "positions of the same moment contradict each other; check for "
                      "noise on the line");
    case GateVerdict::accuracy_unknown:
      return say_text("接收机未给出精度，不能作为证据", "the receiver gives no accuracy; it is no evidence");
    case GateVerdict::accuracy_too_poor:
      break;
  }
  return say_text("精度不足，请到开阔处等待", "not accurate enough; move to open sky and wait");
}

}  // namespace kuangxun::gps
