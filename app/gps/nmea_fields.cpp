#include "app/gps/nmea_fields.h"

#include <algorithm>

#include "db/base/decimal.h"

namespace kuangxun::gps {
namespace {

constexpr std::int64_t nanodegrees_per_degree = 1'000'000'000;

constexpr std::size_t whole_digits_max = 12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return !text.empty();
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// "ddmm.mmmm": two digits of minutes before the point and what stands before them are degrees, at most
// `degree_digits_max` digits. Some receivers leave out leading zeros (8148.0 for 08148.0).
std::optional<ReadCoordinate> read_angle(std::string_view field, std::size_t degree_digits_max, int degrees_max) {
  const std::size_t whole = std::min(field.find('.'), field.size());
  if (whole < 3 || whole > degree_digits_max + 2 || !all_digits(field.substr(0, whole))) return std::nullopt;
  const std::size_t degree_digits = whole - 2;
  const std::string_view rest = field.substr(whole);
  if (!rest.empty() && (rest[0] != '.' || (rest.size() > 1 && !all_digits(rest.substr(1))))) return std::nullopt;
  const int degrees = number(field.substr(0, degree_digits));
  const auto minutes_e9 = read_scaled(field.substr(degree_digits), 9);
  if (!minutes_e9 || *minutes_e9 >= 60 * nanodegrees_per_degree) return std::nullopt;
  ReadCoordinate read;
  read.nanodegrees = degrees * nanodegrees_per_degree + (*minutes_e9 + 30) / 60;
  read.decimals = rest.empty() ? 0 : static_cast<int>(rest.size() - 1);
  if (read.nanodegrees > degrees_max * nanodegrees_per_degree) return std::nullopt;
  return read;
}

std::optional<ReadCoordinate> read_coordinate(std::string_view field, std::string_view hemisphere, char positive,
                                              char negative) {
  if (hemisphere.size() != 1 || (hemisphere[0] != positive && hemisphere[0] != negative)) return std::nullopt;
  auto read = positive == 'N' ? read_angle(field, 2, 90) : read_angle(field, 3, 180);
  if (read && hemisphere[0] == negative) read->nanodegrees = -read->nanodegrees;
  return read;
}

}  // namespace

bool NmeaFields::split(std::string_view sentence) {
  count_ = 0;
  sentence_ = sentence;
  if (sentence.size() > limits::nmea_line_bytes_max) return false;
  std::size_t count = 0;
  // Written at every byte and kept at a comma: fields are short, and to guess where they end costs more.
  for (std::size_t at = 0; at < sentence.size() && count < ends_.size(); ++at) {
    ends_[count] = static_cast<std::uint16_t>(at);
    count += sentence[at] == ',' ? 1 : 0;
  }
  if (count < ends_.size()) ends_[count++] = static_cast<std::uint16_t>(sentence.size());
  count_ = count;
  return count <= limits::nmea_fields_max;
}

std::optional<std::int64_t> read_scaled(std::string_view field, int scale) {
  const bool negative = field.starts_with('-');
  if (negative || field.starts_with('+')) field.remove_prefix(1);
  std::int64_t value = 0;
  std::size_t whole = 0;
  for (; whole < field.size() && is_digit(field[whole]); ++whole) {
    if (whole == whole_digits_max) return std::nullopt;
    value = value * 10 + (field[whole] - '0');
  }
  if (whole < field.size() && field[whole] != '.') return std::nullopt;
  const std::string_view decimals = field.substr(std::min(whole + 1, field.size()));
  const auto kept = static_cast<std::size_t>(scale);
  // 12 digits and a scale of up to 3, or 6 and up to 9: never more than 18.
  if ((whole == 0 && decimals.empty()) || whole + kept > 18) return std::nullopt;
  bool is_more = false;
  for (std::size_t i = 0; i < decimals.size(); ++i) {
    if (!is_digit(decimals[i])) return std::nullopt;
    if (i < kept) value = value * 10 + (decimals[i] - '0');
    if (i == kept) is_more = decimals[i] >= '5';
  }
  for (std::size_t i = decimals.size(); i < kept; ++i) value *= 10;
  if (is_more) ++value;
  return negative ? -value : value;
}

std::optional<int> read_count(std::string_view field, int max) {
  if (field.size() > 6 || !all_digits(field)) return std::nullopt;
  const int value = number(field);
  if (value > max) return std::nullopt;
  return value;
}

std::optional<std::int32_t> read_time_of_day_ms(std::string_view field) {
  if (field.size() < 6 || !all_digits(field.substr(0, 6))) return std::nullopt;
  const std::string_view rest = field.substr(6);
  if (!rest.empty() && (rest[0] != '.' || (rest.size() > 1 && !all_digits(rest.substr(1))))) return std::nullopt;
  const int hour = number(field.substr(0, 2)), minute = number(field.substr(2, 2)), second = number(field.substr(4, 2));
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  int ms = 0;
  for (std::size_t i = 1; i <= 3; ++i) ms = ms * 10 + (i < rest.size() ? rest[i] - '0' : 0);
  return ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

std::optional<Day> read_date(int year, int month, int day) {
  if (year < 1980 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const Day result = day_from_civil(year, month, day);
  const CivilDay civil = civil_from_day(result);
  if (civil.month != month || civil.day != day) return std::nullopt;
  return result;
}

std::optional<Day> read_short_date(std::string_view field) {
  if (field.size() != 6 || !all_digits(field)) return std::nullopt;
  const int year = number(field.substr(4, 2));
  return read_date(year >= 80 ? 1900 + year : 2000 + year, number(field.substr(2, 2)), number(field.substr(0, 2)));
}

std::optional<ReadCoordinate> read_latitude(std::string_view field, std::string_view hemisphere) {
  return read_coordinate(field, hemisphere, 'N', 'S');
}

std::optional<ReadCoordinate> read_longitude(std::string_view field, std::string_view hemisphere) {
  return read_coordinate(field, hemisphere, 'E', 'W');
}

}  // namespace kuangxun::gps
