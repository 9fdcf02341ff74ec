#include "app/report/words.h"

#include <cassert>

#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::report {

std::string not_recorded() {
  return say_text("not recorded");
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
  return say_text("Times without an offset are Beijing time (+08:00).");
}

std::string verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return say_text(in_context("report", "pass"));
    case Verdict::fail:
      return say_text("fail");
    case Verdict::unknown:
      return say_text(in_context("report", "unknown"));
    case Verdict::not_applicable:
      return say_text("not applicable");
  }
  assert(false);
  return {};
}

std::string basis_state_text(BasisState state) {
  switch (state) {
    case BasisState::in_force:
      return say_text(in_context("report", "in force"));
    case BasisState::expired:
      return say_text("expired");
    case BasisState::superseded:
      return say_text("superseded");
    case BasisState::future:
      return say_text("not yet in force");
    case BasisState::unverified:
      return say_text("unverified");
  }
  assert(false);
  return {};
}

std::string area_method_text(AreaMethod method) {
  return method == AreaMethod::measured ? say_text("measured") : say_text("entered");
}

std::string standing_text(const Standing& standing) {
  std::string text;
  if (standing.is_after_signing) text += say("[added after signing] ");
  if (standing.is_void_disputed) {
    text += say_with("[voiding disputed: {0}] ", {standing.void_reason});
  } else if (standing.is_voided) {
    text += say_with("[voided: {0}] ", {standing.void_reason});
  }
  return text;
}

std::string dispute_lead() {
  return say_text("disputed, not settled:");
}

std::string dispute_line(const std::string& value, const std::string& by) {
  if (by.empty()) return say_with("- {0}", {value});
  return say_with("- {0} (entered by {1})", {value, by});
}

namespace {

std::string text_or(const TextEntry& entry, const std::string& absent) {
  // A field that was emptied again reads like one that was never filled; in a dispute the emptying is shown.
  const auto write = [&](const std::string& text) {
    if (!text.empty()) return text;
    return entry.disputed() ? say_text("(empty)") : absent;
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
