#include "db/base/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t minute_ms = 60'000;
// No place on Earth is further from UTC.
constexpr int offset_min_max = 14 * 60;

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

Error not_an_instant(std::string_view text) {
  return Error(
      ErrorCode::bad_input,
      phrase("\"{0}\" is not a time with its offset; write it as 2026-05-01T10:30:00+08:00", {excerpt(text, 40)}));
}

// Reads exactly `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::string format_civil(const CivilDay& date) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return text.data();
}

bool is_at(std::string_view text, std::size_t at, char c) {
  return at < text.size() && text[at] == c;
}

}  // namespace

Day day_from_civil(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

CivilDay civil_from_day(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

Day day_of(std::int64_t utc_ms, int offset_min) {
  const std::int64_t sane_ms = std::clamp(utc_ms, first_instant_ms, last_instant_ms);
  const std::int64_t day = floor_divide(sane_ms + offset_min * minute_ms, day_ms);
  return static_cast<Day>(std::clamp<std::int64_t>(day, first_day, last_day));
}

Result<Day> parse_day(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  const bool shaped = text.size() == 10 && is_at(text, 4, '-') && is_at(text, 7, '-') && year >= 1900 && year < 2200;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!shaped || !date.ok()) {
    return Error(ErrorCode::bad_input, phrase("\"{0}\" is not a date; write it as 2021-01-01", {excerpt(text, 40)}));
  }
  return day_from_civil(year, month, day);
}

std::string format_day(std::int64_t day) {
  if (day < first_day || day > last_day) return "day " + std::to_string(day);
  return format_civil(civil_from_day(static_cast<Day>(day)));
}

Result<Instant> parse_instant(std::string_view text) {
  if (text.size() < 17 || !is_at(text, 10, 'T') || !is_at(text, 13, ':')) return not_an_instant(text);
  const auto day = parse_day(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  if (!day.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59) return not_an_instant(text);
  std::size_t at = 16;
  int second = 0;
  int millisecond = 0;
  if (is_at(text, at, ':')) {
    second = digits(text, at + 1, 2);
    if (second < 0 || second > 59) return not_an_instant(text);
    at += 3;
    if (is_at(text, at, '.')) {
      if (digits(text, at + 1, 1) < 0) return not_an_instant(text);
      int scale = 100;
      for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        millisecond += (text[at] - '0') * scale;
        scale /= 10;
      }
    }
  }
  int offset_min = 0;
  if (is_at(text, at, '+') || is_at(text, at, '-')) {
    const int offset_hour = digits(text, at + 1, 2);
    const int offset_minute = digits(text, at + 4, 2);
    if (offset_hour < 0 || offset_hour > 14 || offset_minute < 0 || offset_minute > 59 || !is_at(text, at + 3, ':')) {
      return not_an_instant(text);
    }
    offset_min = (offset_hour * 60 + offset_minute) * (text[at] == '-' ? -1 : 1);
    if (offset_min < -offset_min_max || offset_min > offset_min_max) return not_an_instant(text);
    at += 6;
  } else if (is_at(text, at, 'Z')) {
    at += 1;
  } else {
    return not_an_instant(text);
  }
  if (at != text.size()) return not_an_instant(text);
  const std::int64_t local_ms = *day * day_ms + ((hour * 60 + minute) * 60 + second) * std::int64_t{1000} + millisecond;
  const std::int64_t utc_ms = local_ms - offset_min * minute_ms;
  if (utc_ms < first_instant_ms || utc_ms > last_instant_ms) return not_an_instant(text);
  return Instant{utc_ms, offset_min};
}

std::string format_instant(std::int64_t utc_ms, int offset_min) {
  if (utc_ms < first_instant_ms || utc_ms > last_instant_ms) return std::to_string(utc_ms) + " ms";
  // The offset may be broken data too; it must not carry the date out of the calendar.
  offset_min = std::clamp(offset_min, -offset_min_max, offset_min_max);
  const std::int64_t local_ms = utc_ms + offset_min * minute_ms;
  const auto day = static_cast<Day>(floor_divide(local_ms, day_ms));
  const std::int64_t in_day = local_ms - day * day_ms;
  const int distance = offset_min < 0 ? -offset_min : offset_min;
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03d%c%02d:%02d", static_cast<int>(in_day / 3'600'000),
                static_cast<int>(in_day / minute_ms % 60), static_cast<int>(in_day / 1000 % 60),
                static_cast<int>(in_day % 1000), offset_min < 0 ? '-' : '+', distance / 60, distance % 60);
  return format_civil(civil_from_day(day)) + text.data();
}

std::string format_minute(std::int64_t utc_ms, int offset_min) {
  const std::string full = format_instant(utc_ms, offset_min);
  if (full.ends_with(" ms")) return full;
  return full.substr(0, 10) + " " + full.substr(11, 5);
}

}  // namespace kuangxun
