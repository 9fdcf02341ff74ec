#include "app/criteria/damaged_cell.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

// "1-Jan-21", "Jan-21".
bool has_month_name(std::string_view text) {
  const std::string lower = lower_ascii(text);
  return std::ranges::any_of(split(lower, '-'), [](std::string_view part) {
    return std::ranges::any_of(months, [&](std::string_view month) { return part == month; });
  });
}

// Those of a date in the order year, month, day.
std::optional<Day> day_of_parts(std::string_view year, std::string_view month, std::string_view day) {
  const auto fits = [](std::string_view part, std::size_t longest) {
    return is_number(part) && part.size() <= longest;
  };
  if (year.size() != 4 || !is_number(year) || !fits(month, 2) || !fits(day, 2)) return std::nullopt;
  const auto two = [](std::string_view part) { return (part.size() == 1 ? "0" : "") + std::string(part); };
  const auto read = parse_day(std::string(year) + "-" + two(month) + "-" + two(day));
  return read.ok() ? std::optional(*read) : std::nullopt;
}

std::optional<Day> day_as_spreadsheets_write(std::string_view text) {
  std::string plain = replace_all(std::string(text), "年", "-");
  plain = replace_all(plain, "月", "-");
  if (plain.ends_with("日")) plain.resize(plain.size() - std::string_view("日").size());
  std::ranges::replace(plain, '/', '-');
  const auto parts = split(plain, '-');
  return parts.size() == 3 ? day_of_parts(parts[0], parts[1], parts[2]) : std::nullopt;
}

// "3月1日", "1-Mar", "1E+05": what becomes of "3-1" and of long numbers.
bool is_changed(std::string_view text) {
  const auto month = text.find("月");
  if (month != std::string_view::npos && text.ends_with("日")) {
    const std::string_view rest = text.substr(month + 3);
    return is_number(text.substr(0, month)) && is_number(rest.substr(0, rest.size() - 3));
  }
  if (text.size() <= 9 && has_month_name(text)) return true;
  const auto exponent = text.find("E+");
  if (exponent == std::string_view::npos || !is_number(text.substr(exponent + 2))) return false;
  return exponent > 0 && text.substr(0, exponent).find_first_not_of("0123456789.") == std::string_view::npos;
}

// Spreadsheets count days from 1899-12-30 (or from 1904: that is why nobody can be sure).
std::string serial_text(std::string_view number) {
  constexpr Day serial_begin = -25569;
  if (number.size() > 6) return {};
  return format_day(serial_begin + std::stoi(std::string(number)));
}

std::string code_of(char32_t character) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(character));
  return text.data();
}

// Of those below U+FFFF and above ASCII.
std::string utf8_of(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (c < 0x800) return {byte(0xC0U | (c >> 6U)), byte(0x80U | (c & 0x3FU))};
  return {byte(0xE0U | (c >> 12U)), byte(0x80U | ((c >> 6U) & 0x3FU)), byte(0x80U | (c & 0x3FU))};
}

}  // namespace

std::string wide_character_message(char32_t character) {
  const auto instead = [&](std::string_view half) {
    return say_with("the full-width character \"{0}\"; write \"{1}\"", {utf8_of(character), half});
  };
  constexpr char32_t wide_begin = 0xFF01;
  constexpr char32_t wide_end = 0xFF5E;
  if (character >= wide_begin && character <= wide_end) {
    return instead(std::string(1, static_cast<char>(character - wide_begin + U'!')));
  }
  switch (character) {
    case U'‘':
    case U'’':
      return instead("'");
    case U'“':
    case U'”':
      return instead("\"");
    case U'、':
      return instead(",");
    case U'≥':
      return instead(">=");
    case U'≤':
      return instead("<=");
    case U'≠':
      return instead("<>");
    case U'×':
      return instead("*");
    case 0x3000:  // the wide space
    case 0xA0:    // the space that does not break
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
      return say_with("an invisible character, {0}; delete it or write a plain space", {code_of(character)});
    default:
      return {};
  }
}

std::optional<CellDamage> find_wide_character(std::string_view cell) {
  bool is_quoted = false;
  std::size_t at = 0;
  for (const char32_t character : code_points(cell)) {
    ++at;
    if (character == U'\'') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (std::string message = wide_character_message(character); !message.empty()) return CellDamage{at, message};
  }
  return std::nullopt;
}

std::optional<CellDamage> find_spreadsheet_error(std::string_view cell) {
  static constexpr std::array<std::string_view, 9> errors = {"#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A",
                                                             "#NULL!", "#NUM!", "#SPILL!", "#CALC!"};
  const std::string_view text = trim(cell);
  if (std::ranges::find(errors, text) != errors.end()) {
    return CellDamage{0, say_with("a spreadsheet took this cell for a formula and left {0}; format the cell as text "
                                  "and enter it again",
                                  {text})};
  }
  if (is_changed(text)) {
    return CellDamage{0, say_with("a spreadsheet made \"{0}\" of this cell, a date or an exponent; what stood there is "
                                  "lost; format the cell as text and enter it again",
                                  {text})};
  }
  if (text.size() >= 3 && text.find_first_not_of('#') == std::string_view::npos) {
    return CellDamage{
        0, say_with("a spreadsheet wrote {0} because the column was narrow; what stood there is lost", {text})};
  }
  return std::nullopt;
}

Result<Day> read_day_cell(std::string_view cell) {
  const auto plain = parse_day(cell);
  if (plain.ok()) return plain;
  if (const auto day = day_as_spreadsheets_write(cell)) return *day;
  const auto refused = [](Words what) { return Error(ErrorCode::bad_input, std::move(what)); };
  if (const auto wide = find_wide_character(cell)) return refused(wide->message);
  if (is_number(cell)) {
    const std::string serial = serial_text(cell);
    return refused(serial.empty() ? phrase("\"{0}\" is not a date; write it as 2021-01-01", {excerpt(cell, 40)})
                                  : phrase("a spreadsheet made the number {0} of a date (most likely {1}, but nobody "
                                           "can be sure); write it as 2021-01-01",
                                           {cell, serial}));
  }
  const bool is_short = has_month_name(cell) || cell.find('/') != std::string_view::npos;
  if (is_short) {
    return refused(
        phrase("a spreadsheet changed the date: \"{0}\" can be read in more than one way; write it as "
               "2021-01-01",
               {excerpt(cell, 40)}));
  }
  return plain.error();
}

std::string why_no_rule_id(std::string_view id) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (const auto wide = find_wide_character(id)) return wide->message;
  if (const auto damage = find_spreadsheet_error(id)) return damage->message;
  if (day_as_spreadsheets_write(id)) {
    return say_with("a spreadsheet made the date \"{0}\" of an id", {excerpt(id, 40)});
  }
  if (!is_letter(id.front())) {
    return say_with(
        "the id \"{0}\" must begin with a letter: of bare digits spreadsheets drop leading zeros, or make "
        "1E+05",
        {excerpt(id, 40)});
  }
  const bool is_plain =
      std::ranges::all_of(id, [&](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; });
  return is_plain ? std::string() : say_with("the id \"{0}\" may hold letters, digits, - _ . only", {excerpt(id, 40)});
}

}  // namespace kuangxun::criteria
