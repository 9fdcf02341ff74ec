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

Day day_from_civil(int year, int month, int day);
struct CivilDay {
  int year;
  int month;
  int day;
};
CivilDay civil_from_day(Day day);

// The day that `utc_ms` falls on at an offset from UTC in minutes.
Day day_of(std::int64_t utc_ms, int offset_min);

// "2021-01-01"; impossible days ("2021-02-30") are bad_input. Years 1900 to 2199.
Result<Day> parse_day(std::string_view text);
std::string format_day(Day day);

struct Instant {
  std::int64_t utc_ms;
  int offset_min;
};
// ISO 8601 with an offset: "2026-05-01T10:30:00.250+08:00" or "...Z". An instant without offset is
// bad_input.
Result<Instant> parse_instant(std::string_view text);
std::string format_instant(std::int64_t utc_ms, int offset_min);
// "2026-05-01 10:30" for people.
std::string format_minute(std::int64_t utc_ms, int offset_min);

}  // namespace kuangxun
