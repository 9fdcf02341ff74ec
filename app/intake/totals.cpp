#include "app/intake/totals.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/intake/cell_value.h"
#include "app/intake/plain_text.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::intake {
namespace {

using records::FieldType;
using sheets::Cell;
using sheets::SheetRow;

constexpr std::array totals = {"合计",  "总计", "共计",       "全县合计", "总合计",
                               "total", "sum",  "grandtotal", "合计:",    "总计:"};
constexpr std::array subtotals = {"小计", "分计", "累计", "subtotal"};
constexpr std::array remarks = {"注:",  "注",       "备注:",  "说明",     "填表", "制表",
                                "审核", "单位负责", "负责人", "统计负责", "填报"};

template <std::size_t count>
bool is_among(const std::array<const char*, count>& words, std::string_view text) {
  return std::ranges::find(words, text) != words.end();
}

std::string text_of(const TableRow& row, std::string_view field) {
  for (const auto& given : row.fields) {
    if (given.name == field) return given.text;
  }
  return {};
}

bool can_be_added(const Column& column) {
  const auto& field = *column.field;
  const bool is_number = field.type == FieldType::decimal || field.type == FieldType::integer;
  return column.role == ColumnRole::value && is_number && field.unit != "%" && field.name != "year";
}

bool says_the_same(const SheetRow& a, const SheetRow& b) {
  for (std::size_t i = 0; i < std::max(a.cells.size(), b.cells.size()); ++i) {
    if (folded(a.cell(i).text) != folded(b.cell(i).text)) return false;
  }
  return true;
}

// The sum of what the rows say; nothing when their units differ or the column has none.
struct Sum {
  std::int64_t scaled = 0;
  std::string unit;
  bool is_comparable = true;
};

Sum sum_of(const std::vector<TableRow>& rows, const records::FieldDescription& field) {
  Sum sum;
  bool is_first = true;
  for (const TableRow& row : rows) {
    const std::string text = text_of(row, field.name);
    if (text.empty()) continue;
    const auto value = parse_decimal(text, field.scale);
    const std::string unit = text_of(row, std::string(field.name) + "_unit");
    if (!value.ok() || (!is_first && unit != sum.unit) || __builtin_add_overflow(sum.scaled, *value, &sum.scaled)) {
      sum.is_comparable = false;
      return sum;
    }
    sum.unit = unit;
    is_first = false;
  }
  return sum;
}

}  // namespace

RowSort sort_of(const sheets::Sheet& sheet, const SheetRow& row, const Headings& headings) {
  std::size_t filled = 0;
  std::string first;
  for (const Cell& cell : row.cells) {
    const std::string text = folded(cell.text);
    if (text.empty() && cell.problem.empty()) continue;
    ++filled;
    if (first.empty()) first = text;
  }
  if (filled == 0) return RowSort::blank;
  const Column* mine = headings.find(ColumnRole::mine);
  const std::string name = mine == nullptr ? std::string() : folded(row.cell(mine->position).text);
  for (const std::string& word : {first, name}) {
    if (is_among(totals, word)) return RowSort::total;
    if (is_among(subtotals, word)) return RowSort::subtotal;
  }
  const auto begins = [&](const char* word) { return first.starts_with(word); };
  if (filled <= 2 && std::ranges::any_of(remarks, begins)) return RowSort::remark;
  for (std::size_t i = headings.heading_row; i < headings.first_row; ++i) {
    if (says_the_same(row, sheet.rows[i])) return RowSort::repeated_heading;
  }
  return RowSort::data;
}

Status check_total(const sheets::Sheet& sheet, const SheetRow& total, const Headings& headings,
                   const std::vector<TableRow>& rows) {
  for (const Column& column : headings.columns) {
    if (column.field == nullptr || !can_be_added(column)) continue;
    const Sum sum = sum_of(rows, *column.field);
    if (!sum.is_comparable) continue;
    const Cell& cell = total.cell(column.position);
    std::string text;
    if (!sum.unit.empty()) {
      const Column* unit = headings.unit_of(*column.field);
      const auto written = read_quantity(cell, column, unit == nullptr ? Cell() : total.cell(unit->position));
      // Where the rows have their units in a column of their own, totals often have none.
      if (!written.ok()) continue;
      if (!written->number.empty() && written->unit != sum.unit) continue;
      text = written->number;
    } else {
      const auto written = read_value(cell, column);
      if (!written.ok()) return sheet.error_at(total.number, column.position, written.error().words());
      text = *written;
    }
    if (text.empty()) continue;
    const auto value = parse_decimal(text, column.field->scale);
    if (value.ok() && *value != sum.scaled) {
      return sheet.error_at(
          total.number, column.position,
          phrase("the total says {0}, the rows add up to {1}; settle that first",
                 {format_decimal(*value, column.field->scale), format_decimal(sum.scaled, column.field->scale)}));
    }
  }
  return {};
}

}  // namespace kuangxun::intake
