#include "app/report/words.h"

#include <cassert>

#include "db/base/decimal.h"
#include "db/base/language.h"

namespace kuangxun::report {

std::string not_recorded() {
  return say_text("未填", "not recorded");
}

std::string decimal_text(const Decimal& value) {
  return format_decimal(value.scaled, value.scale);
}

std::string time_text(const Instant& instant) {
  const std::string precise = format_instant(instant.utc_ms, instant.offset_min);
  return format_minute(instant.utc_ms, instant.offset_min) + " (" + precise.substr(precise.size() - 6) + ")";
}

std::string short_time_text(const Instant& instant) {
  return instant.offset_min == beijing_offset_min ? format_minute(instant.utc_ms, instant.offset_min)
                                                  : time_text(instant);
}

std::string times_note() {
  return say_text("未注明时区的时间为北京时间（+08:00）。", "Times without an offset are Beijing time (+08:00).");
}

std::string verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return say_text("通过", "pass");
    case Verdict::fail:
      return say_text("不通过", "fail");
    case Verdict::unknown:
      return say_text("无法判定", "unknown");
    case Verdict::not_applicable:
      return say_text("不适用", "not applicable");
  }
  assert(false);
  return {};
}

std::string basis_state_text(BasisState state) {
  switch (state) {
    case BasisState::in_force:
      return say_text("现行有效", "in force");
    case BasisState::expired:
      return say_text("已过期", "expired");
    case BasisState::superseded:
      return say_text("已被替代", "superseded");
    case BasisState::future:
      return say_text("尚未生效", "not yet in force");
    case BasisState::unverified:
      return say_text("未核实", "unverified");
  }
  assert(false);
  return {};
}

std::string area_method_text(AreaMethod method) {
  return method == AreaMethod::measured ? say_text("实测", "measured") : say_text("填报", "entered");
}

std::string standing_text(const Standing& standing) {
  std::string text;
  if (standing.is_after_signing) text += say("【签字后补充】", "[added after signing] ");
  if (standing.is_void_disputed) {
    text += say_with("【作废有争议：{0}】", "[voiding disputed: {0}] ", {standing.void_reason});
  } else if (standing.is_voided) {
    text += say_with("【作废：{0}】", "[voided: {0}] ", {standing.void_reason});
  }
  return text;
}

std::string dispute_lead() {
  return say_text("争议未决：", "disputed, not settled:");
}

std::string dispute_line(const std::string& value, const std::string& by) {
  if (by.empty()) return say_with("· {0}", "- {0}", {value});
  return say_with("· {0}（{1}填写）", "- {0} (entered by {1})", {value, by});
}

namespace {

std::string text_or(const TextEntry& entry, const std::string& absent) {
  // A field that was emptied again reads like one that was never filled; in a dispute the emptying is shown.
  const auto write = [&](const std::string& text) {
    if (!text.empty()) return text;
    return entry.disputed() ? say_text("（空）", "(empty)") : absent;
  };
  return entry_text(entry, absent, write);
}

}  // namespace

std::string entry_text(const TextEntry& entry) {
  return text_or(entry, not_recorded());
}

std::string cell_text(const TextEntry& entry) {
  return text_or(entry, "—");
}

}  // namespace kuangxun::report
