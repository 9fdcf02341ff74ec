#include "app/intake/heading.h"

#include <algorithm>

#include "app/intake/plain_text.h"
#include "app/intake/unit_word.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/annual_return.h"
#include "db/records/handles/common.h"
#include "db/records/handles/restoration_task.h"
#include "db/records/kinds.h"

namespace kuangxun::intake {
namespace {

namespace kinds = records::kinds;
using records::FieldDescription;
using records::KindDescription;

constexpr std::string_view mine_names =
    "矿山名称|矿山|矿名|采矿权|采矿权名称|矿山企业名称|mine|mining right|name of the mine";
constexpr std::string_view licence_names = "采矿许可证号|许可证号|采矿证号|证号|licence number|license number|licence";
constexpr std::string_view plan_names = "方案|方案名称|批复文号|方案文号|plan|title of the plan|number of the approval";
constexpr std::string_view ignored_names = "序号|编号|no.|no|#";
constexpr std::string_view output_unit_names = "单位|产量单位|计量单位|unit|output unit";

bool is_one_of(std::string_view name, std::string_view names) {
  return std::ranges::any_of(split(names, '|'), [&](std::string_view one) { return folded(one) == name; });
}

bool is_called(const FieldDescription& field, const std::string& name) {
  if (name == field.name || name == folded(field.chinese) || name == folded(field.english)) return true;
  return is_one_of(name, field.also_called);
}

struct HeadingWords {
  std::string name;
  std::string unit;
};

// "年产量（万吨）", "年产量/万吨", "回采率%" -> the name and the unit.
HeadingWords words_of(std::string_view heading) {
  std::string text = folded(heading);
  if (text.ends_with(")")) {
    const auto open = text.rfind('(');
    if (open != std::string::npos && open > 0) {
      return {text.substr(0, open), text.substr(open + 1, text.size() - open - 2)};
    }
  }
  for (const std::string_view mark : {"/", ":", ","}) {
    const auto at = text.rfind(mark);
    if (at != std::string::npos && at > 0 && is_unit_word(text.substr(at + 1))) {
      return {text.substr(0, at), text.substr(at + 1)};
    }
  }
  if (text.size() > 1 && text.ends_with("%")) return {text.substr(0, text.size() - 1), "%"};
  return {text, {}};
}

std::optional<Column> recognise(std::string_view heading, const KindDescription& kind) {
  const HeadingWords words = words_of(heading);
  Column column{0, ColumnRole::value, nullptr, std::string(trim(heading)), words.unit};
  const bool has_mine = names_mines(kind);
  const bool is_bare = words.name.empty();
  if (is_bare) return std::nullopt;
  const auto role = [&](ColumnRole of) {
    column.role = of;
    return column;
  };
  if (is_one_of(words.name, ignored_names)) return role(ColumnRole::ignored);
  if (has_mine && is_one_of(words.name, mine_names)) return role(ColumnRole::mine);
  if (has_mine && is_one_of(words.name, licence_names)) return role(ColumnRole::licence);
  if (kind.find_field(records::restoration_task::plan) != nullptr && is_one_of(words.name, plan_names))
    return role(ColumnRole::plan);
  for (const FieldDescription& field : kind.fields) {
    if (!field.is_asked() || !is_called(field, words.name)) continue;
    column.field = &field;
    if (field.enumeration != &records::quantity_unit_enumeration) return column;
    column.field = kind.find_field(field.group);
    return role(ColumnRole::unit);
  }
  if (kind.number == kinds::annual_return && is_one_of(words.name, output_unit_names)) {
    column.field = kind.find_field(records::annual_return::output);
    return role(ColumnRole::unit);
  }
  return std::nullopt;
}

// The columns of one row; those of the row below where this one says nothing or only what several have in common.
Headings headings_of(const sheets::Sheet& sheet, std::size_t row, const KindDescription& kind) {
  Headings headings;
  headings.heading_row = row;
  headings.first_row = row + 1;
  const sheets::SheetRow& upper = sheet.rows[row];
  for (std::size_t i = 0; i < upper.cells.size(); ++i) {
    if (folded(upper.cells[i].text).empty()) continue;
    if (auto column = recognise(upper.cells[i].text, kind)) {
      column->position = i;
      headings.columns.push_back(std::move(*column));
    } else {
      headings.unknown.push_back(i);
    }
  }
  return headings;
}

void add_second_row(Headings& headings, const sheets::Sheet& sheet, const KindDescription& kind) {
  if (headings.first_row >= sheet.rows.size()) return;
  const sheets::SheetRow& lower = sheet.rows[headings.first_row];
  const auto is_named = [&](const Column& column) {
    return column.role == ColumnRole::mine || column.role == ColumnRole::licence;
  };
  const bool has_mine = std::ranges::any_of(headings.columns, [&](const Column& column) {
    return is_named(column) && !folded(lower.cell(column.position).text).empty();
  });
  const bool has_number =
      std::ranges::any_of(lower.cells, [](const sheets::Cell& cell) { return cell.form != sheets::CellForm::text; });
  if (has_mine || has_number) return;
  bool is_heading = false;
  for (std::size_t i = 0; i < lower.cells.size(); ++i) {
    const std::string text = folded(lower.cells[i].text);
    if (text.empty()) continue;
    const auto above = std::ranges::find(headings.columns, i, &Column::position);
    std::string bare = text;
    if (bare.starts_with("(") && bare.ends_with(")")) bare = bare.substr(1, bare.size() - 2);
    if (above != headings.columns.end() && above->unit.empty() && is_unit_word(bare)) {
      above->unit = bare;
      is_heading = true;
    } else if (auto column = recognise(text, kind); column && above == headings.columns.end()) {
      column->position = i;
      headings.columns.push_back(std::move(*column));
      std::erase(headings.unknown, i);
      is_heading = true;
    }
  }
  if (is_heading) ++headings.first_row;
}

bool is_table(const Headings& headings, const KindDescription& kind) {
  const bool has_key =
      !names_mines(kind) ? headings.of_field("year") != nullptr
                         : headings.find(ColumnRole::mine) != nullptr || headings.find(ColumnRole::licence) != nullptr;
  return has_key && headings.columns.size() >= 2;
}

Status check_twice(const sheets::Sheet& sheet, const Headings& headings) {
  const std::size_t row = sheet.rows[headings.first_row - 1].number;
  for (std::size_t i = 0; i < headings.columns.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Column& a = headings.columns[j];
      const Column& b = headings.columns[i];
      if (a.role != b.role || a.field != b.field || a.role == ColumnRole::ignored) continue;
      return sheet.error_at(row, b.position,
                            phrase("\"{0}\" is the same as \"{2}\" in column {1}",
                                   {b.heading, sheets::column_letters(a.position), a.heading}));
    }
  }
  return {};
}

}  // namespace

bool names_mines(const KindDescription& kind) {
  return kind.find_field(records::common::mine) != nullptr ||
         kind.find_field(records::restoration_task::plan) != nullptr;
}

const Column* Headings::find(ColumnRole role) const {
  const auto found = std::ranges::find(columns, role, &Column::role);
  return found == columns.end() ? nullptr : &*found;
}

const Column* Headings::of_field(std::string_view field_name) const {
  const auto found = std::ranges::find_if(columns, [&](const Column& column) {
    return column.role == ColumnRole::value && column.field->name == field_name;
  });
  return found == columns.end() ? nullptr : &*found;
}

const Column* Headings::unit_of(const FieldDescription& field) const {
  const auto found = std::ranges::find_if(
      columns, [&](const Column& column) { return column.role == ColumnRole::unit && column.field == &field; });
  return found == columns.end() ? nullptr : &*found;
}

// The first row that could be the heading is it: a table has one, and what stands lower and looks like one is a heading
// repeated on the next page (totals.h).
Result<Headings> find_headings(const sheets::Sheet& sheet, const KindDescription& kind) {
  // Titles and remarks may stand above.
  constexpr std::size_t title_rows_max = 30;
  for (std::size_t row = 0; row < std::min(sheet.rows.size(), title_rows_max); ++row) {
    Headings headings = headings_of(sheet, row, kind);
    if (!is_table(headings, kind)) continue;
    add_second_row(headings, sheet, kind);
    KX_CHECK(check_twice(sheet, headings));
    return headings;
  }
  return Error(ErrorCode::bad_input,
               phrase("{0}: no header of a table of {1} was found. It needs {2} and one column of data; the "
                      "program writes an example to fill in",
                      {sheet.file, kind.label_words(),
                       !names_mines(kind) ? phrase("\"year\"") : phrase("\"mine\" or \"licence number\"")}));
}

}  // namespace kuangxun::intake
