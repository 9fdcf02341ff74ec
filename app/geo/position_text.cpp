#include "app/geo/position_text.h"

#include <array>
#include <cassert>
#include <optional>
#include <utility>
#include <vector>

#include "app/geo/map_offset.h"
#include "db/base/decimal.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

// What a symbol becomes before the numbers are read; a blank stands between numbers without symbols.
constexpr char degree_mark = '\x01';
constexpr char minute_mark = '\x02';
constexpr char second_mark = '\x03';

// Two minute marks are a second mark and stand first; the rest in any order.
constexpr std::array<std::pair<std::string_view, char>, 15> marks = {{{"''", second_mark},
                                                                      {"′′", second_mark},
                                                                      {"″", second_mark},
                                                                      {"”", second_mark},
                                                                      {"\"", second_mark},
                                                                      {"＂", second_mark},
                                                                      {"秒", second_mark},
                                                                      {"'", minute_mark},
                                                                      {"′", minute_mark},
                                                                      {"’", minute_mark},
                                                                      {"＇", minute_mark},
                                                                      {"分", minute_mark},
                                                                      {"°", degree_mark},
                                                                      {"º", degree_mark},
                                                                      {"度", degree_mark}}};

struct Hemisphere {
  std::string_view name;
  Axis axis;
  int sign;
};
constexpr std::array<Hemisphere, 12> hemispheres = {{{"北纬", Axis::latitude, 1},
                                                     {"南纬", Axis::latitude, -1},
                                                     {"东经", Axis::longitude, 1},
                                                     {"西经", Axis::longitude, -1},
                                                     {"N", Axis::latitude, 1},
                                                     {"S", Axis::latitude, -1},
                                                     {"E", Axis::longitude, 1},
                                                     {"W", Axis::longitude, -1},
                                                     {"n", Axis::latitude, 1},
                                                     {"s", Axis::latitude, -1},
                                                     {"e", Axis::longitude, 1},
                                                     {"w", Axis::longitude, -1}}};

Error unreadable(Axis axis, std::string_view text) {
  const auto shown = std::string(first_code_points(is_clean_utf8(text) ? text : "?", 40));
  if (axis == Axis::latitude) {
    return Error(ErrorCode::bad_input,
                 phrase("\"{0}\" is not a latitude; write 43.1234567 or 43°07′24.444″N", {shown}));
  }
  return Error(ErrorCode::bad_input, phrase("\"{0}\" is not a longitude; write 81.1234567 or 81°07′24.444″E", {shown}));
}

std::string with_hemisphere(Axis axis, bool negative, const std::string& magnitude) {
  if (axis == Axis::latitude) {
    return negative ? say_with("{0}S", {magnitude}) : say_with("{0}N", {magnitude});
  }
  return negative ? say_with("{0}W", {magnitude}) : say_with("{0}E", {magnitude});
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

struct Signed {
  std::int64_t magnitude;
  bool negative;
};
Signed split_sign(std::int64_t nanodegrees) {
  return {nanodegrees < 0 ? -nanodegrees : nanodegrees, nanodegrees < 0};
}

// Takes one hemisphere off the front or the back; more than one, or another axis' one, is no coordinate.
struct Bare {
  std::string_view text;
  std::optional<int> sign;
};
std::optional<Bare> without_hemisphere(Axis axis, std::string_view text) {
  Bare bare{trim(text), std::nullopt};
  for (const Hemisphere& hemisphere : hemispheres) {
    const bool in_front = bare.text.starts_with(hemisphere.name);
    if (!in_front && !bare.text.ends_with(hemisphere.name)) continue;
    if (bare.sign || hemisphere.axis != axis) return std::nullopt;
    bare.sign = hemisphere.sign;
    if (in_front) bare.text.remove_prefix(hemisphere.name.size());
    if (!in_front) bare.text.remove_suffix(hemisphere.name.size());
    bare.text = trim(bare.text);
  }
  return bare;
}

// The numbers as written, in the order degrees, minutes, seconds; nothing when a mark stands in the wrong place.
std::optional<std::vector<std::string_view>> read_numbers(const std::string& marked) {
  std::vector<std::string_view> numbers;
  std::size_t start = 0;
  const auto take = [&](std::size_t end) {
    if (end > start) numbers.push_back(std::string_view(marked).substr(start, end - start));
    start = end + 1;
    return end;
  };
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == ' ') take(i);
    if (marked[i] < degree_mark || marked[i] > second_mark) continue;
    take(i);
    if (numbers.size() != static_cast<std::size_t>(marked[i])) return std::nullopt;
  }
  take(marked.size());
  if (numbers.empty() || numbers.size() > 3) return std::nullopt;
  return numbers;
}

std::string mark_up(std::string_view text) {
  std::string marked(text);
  for (const auto& [symbol, mark] : marks) marked = replace_all(std::move(marked), symbol, std::string_view(&mark, 1));
  return replace_all(std::move(marked), "　", " ");
}

// Minutes or seconds: plain, below 60, at most 9 decimals, in 1e-9.
std::optional<std::int64_t> sexagesimal(std::string_view text, bool last) {
  if (text.starts_with('-') || text.size() > 12) return std::nullopt;
  auto value = parse_decimal(text, last ? 9 : 0);
  if (!value.ok()) return std::nullopt;
  if (!last && *value >= 60) return std::nullopt;
  const std::int64_t scaled = last ? *value : *value * nanodegrees_per_degree;
  if (scaled >= 60 * nanodegrees_per_degree) return std::nullopt;
  return scaled;
}

std::optional<std::int64_t> magnitude_of(const std::vector<std::string_view>& numbers) {
  if (numbers[0].size() > 13) return std::nullopt;
  auto degrees = parse_decimal(numbers[0], numbers.size() == 1 ? 9 : 0);
  if (!degrees.ok() || numbers[0].starts_with('-')) return std::nullopt;
  if (numbers.size() == 1) return *degrees;
  if (*degrees > 180) return std::nullopt;
  std::int64_t seconds_e9 = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    const auto part = sexagesimal(numbers[i], i + 1 == numbers.size());
    if (!part) return std::nullopt;
    seconds_e9 += i == 1 ? *part * 60 : *part;
  }
  return *degrees * nanodegrees_per_degree + (seconds_e9 + 1800) / 3600;
}

}  // namespace

std::string format_degrees(Axis axis, std::int64_t nanodegrees, int decimals) {
  assert(decimals >= 7 && decimals <= 9);
  const auto [magnitude, negative] = split_sign(nanodegrees);
  const std::int64_t unit = power_of_ten(9 - decimals);
  const std::int64_t rounded = (magnitude + unit / 2) / unit;
  return with_hemisphere(axis, negative && rounded != 0, format_decimal_padded(rounded, decimals) + "°");
}

std::string format_dms(Axis axis, std::int64_t nanodegrees) {
  const auto [magnitude, negative] = split_sign(nanodegrees);
  // 1e-9 degree is 36/10,000 of a thousandth of a second; rounded once, so that 59.9996″ carries into the minutes.
  const std::int64_t milliseconds = (magnitude * 36 + 5000) / 10000;
  const std::int64_t seconds = milliseconds / 1000;
  const std::string text = std::to_string(seconds / 3600) + "°" + two_digits(seconds / 60 % 60) + "′" +
                           (seconds % 60 < 10 ? "0" : "") + format_decimal_padded(milliseconds % 60000, 3) + "″";
  return with_hemisphere(axis, negative && milliseconds != 0, text);
}

std::string format_position_degrees(const Position& position, int decimals) {
  return format_degrees(Axis::latitude, position.latitude_nanodegrees, decimals) +
         say_text(in_context("criteria", ", ")) +
         format_degrees(Axis::longitude, position.longitude_nanodegrees, decimals);
}

std::string format_position_dms(const Position& position) {
  return format_dms(Axis::latitude, position.latitude_nanodegrees) + say_text(in_context("criteria", ", ")) +
         format_dms(Axis::longitude, position.longitude_nanodegrees);
}

Result<std::int64_t> parse_coordinate(Axis axis, std::string_view text) {
  if (text.size() > limits::short_text_bytes_max || !is_clean_utf8(text)) return unreadable(axis, text);
  auto bare = without_hemisphere(axis, text);
  if (!bare || bare->text.empty()) return unreadable(axis, text);
  for (const char c : bare->text) {
    if (c >= degree_mark && c <= second_mark) return unreadable(axis, text);
  }
  bool minus = false;
  if (bare->text.front() == '-' || bare->text.front() == '+') {
    if (bare->sign) return unreadable(axis, text);
    minus = bare->text.front() == '-';
    bare->text.remove_prefix(1);
  }
  const std::string marked = mark_up(bare->text);
  const auto numbers = read_numbers(marked);
  const auto magnitude = numbers ? magnitude_of(*numbers) : std::nullopt;
  if (!magnitude) return unreadable(axis, text);
  const std::int64_t nanodegrees = minus || bare->sign == -1 ? -*magnitude : *magnitude;
  Position checked;
  (axis == Axis::latitude ? checked.latitude_nanodegrees : checked.longitude_nanodegrees) = nanodegrees;
  KX_CHECK(check_position(checked));
  return nanodegrees;
}

Result<Position> parse_position(std::string_view text) {
  if (text.size() > limits::short_text_bytes_max || !is_clean_utf8(text)) return unreadable(Axis::latitude, text);
  KX_CHECK(refuse_map_coordinates(text));
  std::string even = replace_all(std::string(text), "，", ",");
  for (const std::string_view separator : {"；", ";"}) even = replace_all(std::move(even), separator, ",");
  const auto parts = split(even, ',');
  if (parts.size() == 2) {
    KX_TRY(latitude, parse_coordinate(Axis::latitude, parts[0]));
    KX_TRY(longitude, parse_coordinate(Axis::longitude, parts[1]));
    return Position{latitude, longitude};
  }
  std::optional<Position> only;
  for (std::size_t i = 0; i < even.size(); ++i) {
    if (even[i] != ' ' || (i > 0 && even[i - 1] == ' ')) continue;
    const auto latitude = parse_coordinate(Axis::latitude, std::string_view(even).substr(0, i));
    const auto longitude = parse_coordinate(Axis::longitude, std::string_view(even).substr(i));
    if (!latitude.ok() || !longitude.ok()) continue;
    const Position found{*latitude, *longitude};
    if (only && *only != found) {
      return Error(ErrorCode::bad_input, phrase("this can be read in more than one way; put a comma between latitude "
                                                "and longitude"));
    }
    only = found;
  }
  if (!only) {
    return Error(ErrorCode::bad_input, phrase("\"{0}\" is not a pair of coordinates; write \"latitude, longitude\"",
                                              {first_code_points(text, 40)}));
  }
  return *only;
}

}  // namespace kuangxun::geo
