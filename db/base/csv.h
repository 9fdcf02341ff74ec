#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/result.h"

namespace kuangxun {

struct CsvCell {
  std::string text;
  std::size_t line = 0;  // of the cell's first character, counted from 1
};

// What is wrong with a table, and where; lines and columns count from 1.
struct CsvFault {
  std::size_t line = 0;
  std::size_t column = 0;
  Words words;
};

// A table as RFC 4180 has it and as WPS, Excel and LibreOffice write it: UTF-8 with or without byte
// order mark, LF or CRLF, quoted cells that may hold commas, doubled quotes and line breaks (which
// are read as LF, so that a value does not depend on who checked the file out). The first row names
// the columns; spaces around a name are dropped. Lines without anything in any cell are skipped, and so
// are empty cells behind the last column; columns without name are dropped when they are empty
// throughout, because spreadsheets leave such behind.
//
// bad_input, always with file, line and column: invalid UTF-8, NUL, a lone carriage return, a quote
// in the wrong place or never closed, a row with more or fewer cells than the header, a column name
// that is missing or stands twice, more than limits::csv_bytes_max, csv_columns_max or csv_rows_max.
class CsvTable {
 public:
  // `name` is the file's name for messages. What is wrong is told in `fault` too, when it is asked for.
  static Result<CsvTable> parse(std::string_view text, std::string name, char separator = ',',
                                CsvFault* fault = nullptr);
  static Result<CsvTable> read(const std::filesystem::path& path);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& header() const { return header_; }
  std::optional<std::size_t> find_column(std::string_view column_name) const;
  // bad_input when the header lacks it.
  Result<std::size_t> require_column(std::string_view column_name) const;

  std::size_t row_count() const { return rows_.size(); }
  // Both count from 0 and must exist.
  std::string_view cell(std::size_t row, std::size_t column) const;
  // The cell under a name; empty when there is no such column.
  std::string_view cell(std::size_t row, std::string_view column_name) const;
  // Where a column stands in the file, from 1.
  std::size_t place_of(std::size_t column) const { return positions_[column] + 1; }
  // The line on which a row begins.
  std::size_t line(std::size_t row) const { return rows_[row].front().line; }

  // bad_input that names file, line and column, for whoever makes sense of the cells.
  Error error_at(std::size_t row, std::size_t column, const Words& message) const;
  Error error_in_header(std::size_t column, const Words& message) const;

 private:
  Status take_header(std::vector<CsvCell> cells);
  Status take_row(std::vector<CsvCell> cells);
  Status drop_nameless_columns();

  Error fail(std::size_t line, std::size_t column, const Words& message);

  std::string name_;
  CsvFault* fault_ = nullptr;  // while it is being read
  std::vector<std::string> header_;
  std::size_t header_line_ = 1;
  // Where each column stands in the file, from 0; nameless ones before it may have been dropped.
  std::vector<std::size_t> positions_;
  std::vector<std::vector<CsvCell>> rows_;
};

// The same file as rows only, for tables whose header stands lower down or whose rows differ in length; rows without
// anything in any cell are left out. Refuses what CsvTable refuses of characters, quotes and sizes.
Result<std::vector<std::vector<CsvCell>>> parse_csv_rows(std::string_view text, const std::string& name);

// What separates the cells: a comma, unless the first line has none of them and has semicolons or tabs, as spreadsheets
// of some languages write it.
char csv_separator_of(std::string_view text);

// A cell as CSV writes it: quoted when it has to be.
std::string csv_cell(std::string_view text);

}  // namespace kuangxun
