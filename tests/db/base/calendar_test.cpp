#include "db/base/calendar.h"

#include <doctest/doctest.h>

#include <limits>

#include "db/base/text.h"

namespace kuangxun {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

bool is_refused(std::string_view text) {
  const auto day = parse_day(text);
  return !day.ok() && day.error().code() == ErrorCode::bad_input;
}

bool is_no_instant(std::string_view text) {
  const auto instant = parse_instant(text);
  return !instant.ok() && instant.error().code() == ErrorCode::bad_input;
}

// The Gregorian rule as school teaches it.
int days_in_month(int year, int month) {
  const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

}  // namespace

TEST_CASE("every day from 1900 to 2199, counted one by one, has its number and comes back from its text") {
  Day expected = first_day;
  for (int year = 1900; year < 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, month); ++day, ++expected) {
        const CivilDay civil = civil_from_day(expected);
        const auto parsed = parse_day(format_day(expected));
        const bool same = day_from_civil(year, month, day) == expected && civil.year == year && civil.month == month &&
                          civil.day == day && parsed.ok() && *parsed == expected;
        if (!same) FAIL(year << "-" << month << "-" << day);
      }
    }
  }
  CHECK(expected == last_day + 1);
  CHECK(day_from_civil(1970, 1, 1) == 0);
}

TEST_CASE("days that do not exist or are written otherwise are refused") {
  for (const char* text : {"2021-02-29", "2021-02-30", "1900-02-29",  "2100-02-29",  "2021-04-31", "2021-13-01",
                           "2021-00-10", "2021-01-00", "2021-01-32",  "1899-12-31",  "2200-01-01", "2021-1-1",
                           "2021/01/01", "20210101",   "2021-01-01 ", " 2021-01-01", "",           "-021-01-01",
                           "二〇二一年", "2021-0a-01", "NaN",         "+021-01-01"}) {
    CAPTURE(text);
    CHECK(is_refused(text));
  }
  CHECK(parse_day("2020-02-29").ok());
  CHECK(parse_day("2000-02-29").ok());
}

TEST_CASE("a refused date is quoted in whole characters") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "矿";
  const auto day = parse_day("xy" + text);
  REQUIRE(!day.ok());
  CHECK(is_clean_utf8(day.error().message()));
  const auto broken = parse_day("\xff\n\x1b[2J");
  REQUIRE(!broken.ok());
  CHECK(broken.error().message().find('\xff') == std::string::npos);
  CHECK(broken.error().message().find('\n') == std::string::npos);
  CHECK(broken.error().message().find('\x1b') == std::string::npos);
}

TEST_CASE("an instant is read at its offset") {
  const auto beijing = parse_instant("2026-05-01T10:30:00.250+08:00");
  REQUIRE(beijing.ok());
  CHECK(beijing->utc_ms == 1'777'602'600'250);
  CHECK(beijing->offset_min == 480);
  const auto utc = parse_instant("2026-05-01T02:30:00.25Z");
  REQUIRE(utc.ok());
  CHECK(utc->utc_ms == beijing->utc_ms);
  CHECK(utc->offset_min == 0);
  CHECK(parse_instant("2026-05-01T10:30+08:00")->utc_ms == 1'777'602'600'000);
  CHECK(parse_instant("2026-05-01T02:30Z")->utc_ms == 1'777'602'600'000);
  CHECK(parse_instant("2026-04-30T21:00:00-05:30")->utc_ms == 1'777'602'600'000);
  CHECK(parse_instant("2026-05-01T02:30:00.250999Z")->utc_ms == 1'777'602'600'250);
  CHECK(parse_instant("1970-01-01T00:00:00.000Z")->utc_ms == 0);
  CHECK(parse_instant("1969-12-31T23:59:59.999Z")->utc_ms == -1);
}

TEST_CASE("an instant without offset, or one that no clock shows, is refused") {
  for (const char* text : {"2026-05-01T10:30:00",
                           "2026-05-01",
                           "2026-05-01 10:30:00Z",
                           "2026-05-01T24:00:00Z",
                           "2026-05-01T10:60:00Z",
                           "2026-05-01T10:30:60Z",
                           "2026-05-01T10:30:00.Z",
                           "2026-05-01T10:30:00+8:00",
                           "2026-05-01T10:30:00+0800",
                           "2026-05-01T10:30:00+08:60",
                           "2026-05-01T10:30:00+14:30",
                           "2026-05-01T10:30:00-15:00",
                           "2026-02-30T10:30:00Z",
                           "2026-05-01T10:30:00ZZ",
                           "2026-05-01T10:30:00+08:00 ",
                           "2026-05-01T10:3Z",
                           "T",
                           "",
                           "2026-05-01T1a:30:00Z",
                           "1900-01-01T00:00:00+08:00",
                           "2199-12-31T23:00:00-08:00"}) {
    CAPTURE(text);
    CHECK(is_no_instant(text));
  }
}

TEST_CASE("times before 1970 fall on the right day and are written right") {
  CHECK(day_of(-1, 0) == -1);
  CHECK(day_of(-day_ms, 0) == -1);
  CHECK(day_of(-day_ms - 1, 0) == -2);
  CHECK(day_of(-1, beijing_offset_min) == 0);
  CHECK(day_of(0, -1) == -1);
  CHECK(format_instant(-1, 0) == "1969-12-31T23:59:59.999+00:00");
  CHECK(format_instant(-1, beijing_offset_min) == "1970-01-01T07:59:59.999+08:00");
  CHECK(format_instant(0, -570) == "1969-12-31T14:30:00.000-09:30");
  CHECK(format_minute(1'777'602'600'250, beijing_offset_min) == "2026-05-01 10:30");
}

TEST_CASE("what is written as an instant is read back as the same instant") {
  for (const std::int64_t utc_ms :
       {first_instant_ms, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1'777'602'600'250}, last_instant_ms}) {
    const auto parsed = parse_instant(format_instant(utc_ms, 0));
    REQUIRE(parsed.ok());
    CHECK(parsed->utc_ms == utc_ms);
  }
  for (int offset_min = -840; offset_min <= 840; ++offset_min) {
    const auto parsed = parse_instant(format_instant(1'777'602'600'250, offset_min));
    REQUIRE(parsed.ok());
    CHECK(parsed->utc_ms == 1'777'602'600'250);
    CHECK(parsed->offset_min == offset_min);
  }
}

TEST_CASE("times and days of broken data are shown as the numbers they are, never as some other day") {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  CHECK(format_instant(most, 480) == "9223372036854775807 ms");
  CHECK(format_instant(least, -480) == "-9223372036854775808 ms");
  CHECK(format_minute(most, 480) == "9223372036854775807 ms");
  CHECK(format_day(4'294'967'296) == "day 4294967296");
  CHECK(format_day(least) == "day -9223372036854775808");
  CHECK(day_of(most, 480) == last_day);
  CHECK(day_of(least, -480) == first_day);
  CHECK(format_instant(0, 1'000'000) == "1970-01-01T14:00:00.000+14:00");
}

}  // namespace kuangxun
