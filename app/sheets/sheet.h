#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/result.h"

// The tables that offices keep: CSV, and XLSX as Excel, WPS and LibreOffice write it. Cells only; what they mean is
// told by whoever asked for them.
namespace kuangxun::sheets {

enum class CellForm {
  text,
  number,   // a number of the spreadsheet's own, at most 15 digits, without exponent
  percent,  // a number that the spreadsheet shows in percent: "95%"
  day,      // a number that the spreadsheet shows as a day: "2024-03-15", or with the time of day behind a blank
};

struct Cell {
  std::string text;  // what a person reads; never cut, and blanks at its ends stay
  CellForm form = CellForm::text;
  std::string serial;  // of a day: the number that the spreadsheet keeps
  bool is_formula = false;
  std::string problem;  // why there is no value to take: a formula without a result, #DIV/0!
  bool is_empty() const { return text.empty() && problem.empty(); }
};

struct SheetRow {
  std::size_t number = 0;  // as the spreadsheet counts, from 1; of a CSV the line
  bool is_hidden = false;
  std::vector<Cell> cells;
  // The cell of a column from 0; an empty one behind the last.
  const Cell& cell(std::size_t column) const;
};

// Cells that were made one; the value stands in the first.
struct MergedCells {
  std::size_t first_row = 0;  // as SheetRow::number
  std::size_t last_row = 0;
  std::size_t first_column = 0;  // from 0
  std::size_t last_column = 0;
};

struct Sheet {
  std::string file;            // its name, for messages
  std::string name;            // empty for a CSV
  std::vector<SheetRow> rows;  // those that hold something, in order
  std::vector<MergedCells> merged;
  std::vector<std::string> others;  // other visible sheets of the file that hold something

  // "returns.xlsx, row 5, column C: message".
  Error error_at(std::size_t row_number, std::size_t column, const Words& message) const;
};

// "A", "Z", "AA" of a column from 0.
std::string column_letters(std::size_t column);

}  // namespace kuangxun::sheets
