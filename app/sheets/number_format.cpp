#include "app/sheets/number_format.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "db/base/calendar.h"
#include "db/language/language.h"

namespace kuangxun::sheets {
namespace {

constexpr int digits_shown = 15;

std::string shown(double value) {
  std::array<char, 400> buffer{};
  auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, digits_shown);
  std::string text(buffer.data(), written.ptr);
  if (text.find('e') == std::string::npos) return text;
  // The same digits, written out.
  double rounded = 0;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded, std::chars_format::fixed);
  return {buffer.data(), written.ptr};
}

bool read_double(std::string_view raw, double& value) {
  const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  return read.ec == std::errc() && read.ptr == raw.data() + raw.size() && std::isfinite(value);
}

// The decimal point of a number as it is shown, moved by two: 0.95 is 95 %, without an error of binary fractions.
std::string percent_of(double value) {
  return shown(value * 100.0) + "%";
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// Empty when the number is no day that people write.
std::string day_of_serial(double serial, bool counts_from_1904) {
  // From 1900-03-01 on: before that Excel counts a day that never was.
  constexpr double first_serial = 61;
  constexpr double serial_of_1970 = 25'569;
  constexpr double days_to_1904 = 1462;
  if (counts_from_1904) serial += days_to_1904;
  const double whole = std::floor(serial);
  if (serial < first_serial || whole - serial_of_1970 > last_day) return {};
  std::string text = format_day(static_cast<std::int64_t>(whole - serial_of_1970));
  constexpr int seconds_of_day = 86'400;
  const auto second = static_cast<int>(std::lround((serial - whole) * seconds_of_day));
  if (second > 0 && second < seconds_of_day) {
    text += " " + two_digits(second / 3600) + ":" + two_digits(second / 60 % 60) + ":" + two_digits(second % 60);
  }
  return text;
}

}  // namespace

NumberFormat built_in_format(int number) {
  const auto is_in = [number](int first, int last) { return number >= first && number <= last; };
  if (number == 9 || number == 10) return NumberFormat::percent;
  // 27 to 36 and 50 to 58 are days in Chinese, Japanese and Korean files.
  if (is_in(14, 17) || number == 22 || is_in(27, 31) || number == 36 || is_in(50, 54) || is_in(57, 58)) {
    return NumberFormat::day;
  }
  return NumberFormat::plain;
}

NumberFormat spelled_format(std::string_view code) {
  bool has_percent = false;
  bool has_day = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char letter = code[at];
    if (letter == '"') {
      at = code.find('"', at + 1);
    } else if (letter == '[') {
      at = code.find(']', at + 1);
    } else if (letter == '\\' || letter == '_' || letter == '*') {
      ++at;
    } else if (letter == '%') {
      has_percent = true;
    } else if (letter == 'y' || letter == 'Y' || letter == 'd' || letter == 'D') {
      has_day = true;
    }
    if (at == std::string_view::npos) break;
  }
  if (code == "General" || code == "GENERAL") return NumberFormat::plain;
  return has_day ? NumberFormat::day : has_percent ? NumberFormat::percent : NumberFormat::plain;
}

std::string plain_number(std::string_view raw) {
  double value = 0;
  return read_double(raw, value) ? shown(value) : std::string();
}

Cell number_cell(std::string_view raw, NumberFormat format, bool counts_from_1904) {
  Cell cell;
  double value = 0;
  if (!read_double(raw, value)) {
    cell.text = raw;
    cell.problem = say_text("the cell holds no valid number");
    return cell;
  }
  cell.form = CellForm::number;
  cell.text = shown(value);
  if (format == NumberFormat::percent) {
    cell.form = CellForm::percent;
    cell.text = percent_of(value);
  }
  if (format != NumberFormat::day) return cell;
  std::string day = day_of_serial(value, counts_from_1904);
  if (day.empty()) return cell;
  cell.form = CellForm::day;
  cell.serial = std::exchange(cell.text, std::move(day));
  return cell;
}

}  // namespace kuangxun::sheets
