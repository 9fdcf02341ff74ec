#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "db/base/calendar.h"
#include "db/base/limits.h"

namespace kuangxun::gps {

// The comma-separated fields of one sentence without the spaces around them; views into it. A field that is not there
// reads as empty.
class NmeaFields {
 public:
  // False when there are more than limits::nmea_fields_max, or the sentence is longer than a line.
  bool split(std::string_view sentence);
  std::string_view operator[](std::size_t index) const {
    if (index >= count_) return {};
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1] + std::size_t{1};
    return trimmed(sentence_.substr(begin, ends_[index] - begin));
  }
  std::size_t count() const { return count_; }

 private:
  // Some receivers pad their numbers with spaces.
  static std::string_view trimmed(std::string_view field) {
    while (field.starts_with(' ')) field.remove_prefix(1);
    while (field.ends_with(' ')) field.remove_suffix(1);
    return field;
  }

  static_assert(limits::nmea_line_bytes_max <= UINT16_MAX);
  std::string_view sentence_;
  // Where each field ends; set up to count_, and not cleared for every sentence: that took longer than reading it.
  std::array<std::uint16_t, limits::nmea_fields_max + 1> ends_;
  std::size_t count_ = 0;
};

// Each gives nothing for an empty or malformed field.

// A decimal number scaled by 10^scale, further digits rounded half away from zero. At most 12 digits before the point.
std::optional<std::int64_t> read_scaled(std::string_view field, int scale);
std::optional<int> read_count(std::string_view field, int max);
// "hhmmss.sss" in milliseconds since midnight UTC; second 60 (a leap second) is let through, further digits are cut.
std::optional<std::int32_t> read_time_of_day_ms(std::string_view field);
// "ddmmyy"; years 80 to 99 are 19yy (GPS began in 1980).
std::optional<Day> read_short_date(std::string_view field);
std::optional<Day> read_date(int year, int month, int day);

struct ReadCoordinate {
  std::int64_t nanodegrees = 0;
  // Digits after the point of the minutes: how finely the sentence could say it.
  int decimals = 0;
};
// "ddmm.mmmm" with N or S, "dddmm.mmmm" with E or W, leading zeros of the degrees or not; beyond the globe is nothing.
std::optional<ReadCoordinate> read_latitude(std::string_view field, std::string_view hemisphere);
std::optional<ReadCoordinate> read_longitude(std::string_view field, std::string_view hemisphere);

}  // namespace kuangxun::gps
