#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/sheets/sheet.h"
#include "db/records/describe.h"

// For this folder only: which column of an office's table is which field of a record.
namespace kuangxun::intake {

enum class ColumnRole {
  value,    // a field of the record
  mine,     // the mine by name
  licence,  // the mine by the number of its licence
  plan,     // one of the 《方案》 of the mine, by its title or number
  unit,     // the unit of a field, row by row
  ignored,  // the table's own numbering
};

struct Column {
  std::size_t position = 0;
  ColumnRole role = ColumnRole::value;
  const records::FieldDescription* field = nullptr;  // of value and unit
  std::string heading;                               // as the table has it
  std::string unit;                                  // as the heading says it; empty: it says none
};

// Whose rows each name a mine.
bool names_mines(const records::KindDescription& kind);

struct Headings {
  std::vector<Column> columns;
  std::vector<std::size_t> unknown;  // positions whose heading nobody knows
  std::size_t heading_row = 0;       // index into Sheet::rows of the first row of headings
  std::size_t first_row = 0;         // of the first row below them
  const Column* find(ColumnRole role) const;
  const Column* of_field(std::string_view field_name) const;
  const Column* unit_of(const records::FieldDescription& field) const;
};

// The first row that names what `kind` needs (and the row below it, where headings stand in two rows). bad_input that
// says what is missing, or that two columns are the same field.
Result<Headings> find_headings(const sheets::Sheet& sheet, const records::KindDescription& kind);

}  // namespace kuangxun::intake
