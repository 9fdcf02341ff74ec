#include "app/intake/cell_value.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/intake/plain_text.h"
#include "app/intake/unit_word.h"
#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/unit_text.h"

namespace kuangxun::intake {
namespace {

using records::FieldDescription;
using records::FieldType;
using sheets::Cell;
using sheets::CellForm;

Error wrong(const Cell& cell, const Words& why) {
  return Error(ErrorCode::bad_input, phrase("\"{0}\" {1}", {excerpt(cell.text, 40), why}));
}

// "1,234,567.5" without its commas; empty when they stand where no thousands end.
std::string without_commas(std::string_view number) {
  constexpr std::size_t group = 3;
  if (number.find(',') == std::string_view::npos) return std::string(number);
  const std::string_view whole = number.substr(0, number.find('.'));
  const auto parts = split(whole, ',');
  const std::size_t first = parts.front().size() - (parts.front().starts_with('-') ? 1 : 0);
  bool is_grouped = first >= 1 && first <= group;
  for (std::size_t i = 1; i < parts.size(); ++i) is_grouped = is_grouped && parts[i].size() == group;
  if (!is_grouped || number.find(',', whole.size()) != std::string_view::npos) return {};
  return replace_all(std::string(number), ",", "");
}

// What the field's own unit is, in 10^power of 元, %, m², 人.
std::optional<UnitWord> unit_of(const FieldDescription& field) {
  if (field.unit.empty()) return std::nullopt;
  return read_unit_word(folded(field.unit));
}

// The digits of a number, moved by `power` places; bad_input when the field cannot hold them all.
Result<std::string> moved(const Cell& cell, const std::string& number, const FieldDescription& field, int power) {
  const int scale = field.scale + power;
  if (scale < 0) return wrong(cell, phrase("has a unit that this column cannot be converted from"));
  const auto scaled = parse_decimal(number, scale);
  if (scaled.ok()) return format_decimal(*scaled, field.scale);
  const auto generous = parse_decimal(number, std::min(scale + 6, 12));
  return wrong(cell, generous.ok() ? phrase("has too many decimals; in {0} there are at most {1}",
                                            {records::unit_text(field.unit), std::to_string(field.scale)})
                                   : phrase("is no number, or too large"));
}

// A share of 0.95 may be 95 % or 0.95 %, whatever the heading says: only who wrote it knows. Ores are diluted by less
// than 1 %, but not recovered so badly.
bool is_doubtful_share(const std::string& number, const Column& column, const std::string& own_word) {
  constexpr int scale = 9;
  if (column.field->unit != "%" || !own_word.empty()) return false;
  if (column.field->name == "dilution_percent" && !column.unit.empty()) return false;
  const auto value = parse_decimal(number, scale);
  return value.ok() && *value > 0 && *value <= power_of_ten(scale);
}

Result<std::string> read_number(const Cell& cell, const Column& column) {
  const FieldDescription& field = *column.field;
  const NumberAndWord split_cell = split_number(plain(cell.text));
  const std::string number = without_commas(split_cell.number);
  if (number.empty()) return wrong(cell, phrase("is no number"));
  if (is_doubtful_share(number, column, split_cell.word)) {
    return wrong(cell, phrase("may be a share or a percentage; write it as 95%"));
  }
  const std::string word = !split_cell.word.empty() ? split_cell.word : column.unit;
  if (word.empty()) return moved(cell, number, field, 0);
  const auto given = read_unit_word(word);
  const auto own = unit_of(field);
  if (!given || !own || given->measure != own->measure) {
    return wrong(cell, phrase("has the unit \"{0}\"; this column is in \"{1}\"",
                              {excerpt(word, 20), records::unit_text(field.unit)}));
  }
  if (!split_cell.word.empty() && !column.unit.empty()) {
    const auto of_heading = read_unit_word(column.unit);
    if (of_heading && (of_heading->measure != given->measure || of_heading->power != given->power)) {
      return wrong(cell, phrase("contradicts the unit \"{0}\" of the heading", {excerpt(column.unit, 20)}));
    }
  }
  return moved(cell, number, field, given->power - own->power);
}

// "2024", "2024年", "2024年度"; 2024 in a cell that somebody formatted as a day, which then shows 1905-07-16.
Result<std::string> read_year(const Cell& cell) {
  std::string text = folded(cell.form == CellForm::day && cell.serial.size() == 4 ? cell.serial : cell.text);
  for (const std::string_view end : {"年度", "年"}) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
  }
  const bool is_year = text.size() == 4 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_year) return wrong(cell, phrase("is no year of four digits"));
  return text;
}

std::string padded(std::string_view digits) {
  return digits.size() == 1 ? "0" + std::string(digits) : std::string(digits);
}

// Days as people and spreadsheets write them: 2024-03-15, 2024/3/15, 2024.3.15, 2024年3月15日, 20240315, and the bare
// number 45366 that a spreadsheet keeps for it.
Result<std::string> read_day(const Cell& cell) {
  std::string text = plain(cell.text);
  for (const std::string_view midnight : {" 00:00:00", " 0:00:00", " 00:00", " 0:00"}) {
    if (text.ends_with(midnight)) text.resize(text.size() - midnight.size());
  }
  text = folded(text);
  for (const std::string_view mark : {"年", "月", "/", "."}) text = replace_all(std::move(text), mark, "-");
  text = replace_all(std::move(text), "日", "");
  const bool is_digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  constexpr std::size_t digits_of_day = 8;
  constexpr std::size_t digits_of_serial = 5;
  constexpr std::int64_t serial_of_1970 = 25'569;
  if (is_digits && text.size() == digits_of_day) {
    text = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
  } else if (is_digits && text.size() == digits_of_serial) {
    std::int64_t serial = 0;
    std::from_chars(text.data(), text.data() + text.size(), serial);
    text = format_day(serial - serial_of_1970);
  } else {
    const auto parts = split(text, '-');
    if (parts.size() == 3) text = std::string(parts[0]) + "-" + padded(parts[1]) + "-" + padded(parts[2]);
  }
  const auto day = parse_day(text);
  if (!day.ok()) return wrong(cell, phrase("is no day; write it as 2024-03-15"));
  return text;
}

Result<std::string> read_boolean(const Cell& cell) {
  const std::string text = folded(cell.text);
  constexpr std::array yes = {"是", "有", "已", "已设立", "√", "✓", "✔", "yes", "y", "true", "1"};
  constexpr std::array no = {"否", "无", "没有", "未", "未设立", "×", "✗", "x", "no", "n", "false", "0"};
  if (std::ranges::find(yes, text) != yes.end()) return std::string("true");
  if (std::ranges::find(no, text) != no.end()) return std::string("false");
  return wrong(cell, phrase("is neither yes nor no"));
}

struct Choice {
  const records::EnumerationDescription* enumeration;
  std::string_view code;
  std::string_view names;
};
const Choice choices[] = {
    {&records::mine_stage_enumeration, "new", "新建矿山|拟建"},
    {&records::mine_stage_enumeration, "extended", "改建|扩建|改、扩建|改扩建矿山"},
    {&records::mine_stage_enumeration, "producing", "生产矿山|在产"},
    {&records::mine_stage_enumeration, "closing", "闭坑矿山|闭矿"},
    {&records::mine_stage_enumeration, "abandoned", "废弃矿山|关闭"},
    {&records::green_level_enumeration, "national", "国家|部级|全国"},
    {&records::green_level_enumeration, "regional", "自治区|省级|省"},
    {&records::green_level_enumeration, "prefecture", "州|伊犁州|地级|市级"},
    {&records::green_level_enumeration, "county", "县"},
    {&records::approved_plan_enumeration, "merged", "三案合一|矿产资源开发利用与生态保护修复方案|合并方案"},
    {&records::approved_plan_enumeration, "protection-and-reclamation", "二合一方案|两案合一|保护与复垦方案"},
    {&records::approved_plan_enumeration, "geological-protection", "保护与治理恢复方案|治理恢复方案"},
    {&records::approved_plan_enumeration, "reclamation", "复垦方案"},
    {&records::approved_plan_enumeration, "development", "开发利用方案"},
    {&records::comparison_enumeration, "equal", "="},
    {&records::comparison_enumeration, "at-least", "≥|>=|不小于|不少于|大于等于|大于或等于|以上"},
    {&records::comparison_enumeration, "over", ">|大于|高于|多于"},
    {&records::comparison_enumeration, "at-most", "≤|<=|不大于|不多于|不高于|小于等于|小于或等于|以下|以内"},
};

Result<std::string> read_choice(const Cell& cell, const FieldDescription& field) {
  std::string text = folded(cell.text);
  text = replace_all(replace_all(std::move(text), "《", ""), "》", "");
  std::vector<std::string> labels;
  for (const auto& option : field.enumeration->options) {
    if (text == option.code || text == folded(option.chinese) || text == folded(option.english)) {
      return std::string(option.code);
    }
    labels.emplace_back(either(option.chinese, option.english));
  }
  for (const Choice& choice : choices) {
    const auto names = split(choice.names, '|');
    if (choice.enumeration == field.enumeration && std::ranges::find(names, text) != names.end()) {
      return std::string(choice.code);
    }
  }
  return wrong(cell, phrase("should be one of: {0}", {join(labels, say(", "))}));
}

}  // namespace

bool is_nothing(const Cell& cell) {
  if (!cell.problem.empty()) return false;
  const std::string text = folded(cell.text);
  constexpr std::array nothing = {"", "-", "--", "—", "——", "/", "\\", "…", "……", "n/a", "无数据", "未填"};
  return std::ranges::find(nothing, text) != nothing.end();
}

Result<std::string> read_value(const Cell& cell, const Column& column) {
  if (!cell.problem.empty()) return Error(ErrorCode::bad_input, cell.problem);
  if (is_nothing(cell)) return std::string();
  const FieldDescription& field = *column.field;
  switch (field.type) {
    case FieldType::integer:
      if (field.name == "year") return read_year(cell);
      return read_number(cell, column);
    case FieldType::decimal:
      return read_number(cell, column);
    case FieldType::boolean:
      return read_boolean(cell);
    case FieldType::enumeration:
      return read_choice(cell, field);
    case FieldType::day:
      return read_day(cell);
    default:
      return std::string(trim(cell.text));
  }
}

Result<Quantity> read_quantity(const Cell& cell, const Column& column, const Cell& unit_cell) {
  if (!cell.problem.empty()) return Error(ErrorCode::bad_input, cell.problem);
  if (is_nothing(cell)) return Quantity();
  const NumberAndWord given = split_number(plain(cell.text));
  const std::string number = without_commas(given.number);
  if (number.empty() || !parse_decimal(number, column.field->scale).ok()) {
    return wrong(cell, parse_decimal(number, 12).ok()
                           ? phrase("has too many decimals (at most {0})", {std::to_string(column.field->scale)})
                           : phrase("is no number"));
  }
  std::int64_t unit = 0;
  std::string unit_word;
  for (const std::string& word : {given.word, folded(unit_cell.text), column.unit}) {
    if (word.empty()) continue;
    const auto read = read_unit_word(word);
    if (!read || read->quantity_unit == 0) {
      return wrong(
          cell, phrase("has the unit \"{0}\", which is not known; use t, 10kt, m3, 10k-m3 or kg", {excerpt(word, 20)}));
    }
    if (unit != 0 && unit != read->quantity_unit) {
      return wrong(cell, phrase("has two units: \"{0}\" and \"{1}\"", {unit_word, excerpt(word, 20)}));
    }
    unit = read->quantity_unit;
    unit_word = word;
  }
  if (unit == 0) {
    return wrong(cell, phrase("has no unit; write it in the heading, as (10kt), or in a column \"unit\""));
  }
  std::string written = std::string(trim(cell.text));
  if (given.word.empty()) written += " " + unit_word;
  const auto scaled = parse_decimal(number, column.field->scale);
  return Quantity{format_decimal(*scaled, column.field->scale),
                  std::string(records::quantity_unit_enumeration.find(unit)->code), written};
}

}  // namespace kuangxun::intake
