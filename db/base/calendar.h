#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "db/base/result.h"

namespace kuangxun {

// Beijing time, what papers and screens show unless a setting says otherwise.
constexpr int beijing_offset_min = 480;

// A calendar day as days since 1970-01-01 (proleptic Gregorian).
using Day = std::int32_t;

// What people can write: 1900-01-01 to 2199-12-31. Numbers beyond reach us only from broken or hostile data.
constexpr Day first_day = -25'567;
constexpr Day last_day = 84'005;
constexpr std::int64_t first_instant_ms = std::int64_t{first_day} * 86'400'000;
constexpr std::int64_t last_instant_ms = (std::int64_t{last_day} + 1) * 86'400'000 - 1;

Day day_from_civil(int year, int month, int day);
struct CivilDay {
  int year;
  int month;
  int day;
};
CivilDay civil_from_day(Day day);

// The day that `utc_ms` falls on at an offset from UTC in minutes; a time outside first_day to last_day falls on the
// nearer of the two.
Day day_of(std::int64_t utc_ms, int offset_min);

// "2021-01-01"; impossible days ("2021-02-30") are bad_input. Years 1900 to 2199.
Result<Day> parse_day(std::string_view text);
// A number outside first_day to last_day is shown as the number it is: "day 4294967296".
std::string format_day(std::int64_t day);

struct Instant {
  std::int64_t utc_ms;
  int offset_min;
};
// ISO 8601 with an offset of at most 14 hours: "2026-05-01T10:30:00.250+08:00" or "...Z"; seconds may be left out,
// digits beyond the milliseconds are dropped. Anything else (no offset, a leap second) is bad_input.
Result<Instant> parse_instant(std::string_view text);
// A time outside first_instant_ms to last_instant_ms is shown as the number it is: "9223372036854775807 ms".
std::string format_instant(std::int64_t utc_ms, int offset_min);
// "2026-05-01 10:30" for people.
std::string format_minute(std::int64_t utc_ms, int offset_min);

}  // namespace kuangxun
