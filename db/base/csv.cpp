#include "db/base/csv.h"

#include <algorithm>
#include <cassert>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// "rules.csv, line 3, column 2: message"; lines and columns count from 1.
Error error_at_place(std::string_view file, std::size_t line, std::size_t column, const Words& message) {
  return Error(ErrorCode::bad_input,
               phrase("{0}, line {1}, column {2}: {3}", {file, std::to_string(line), std::to_string(column), message}));
}

// Reads cell after cell; knows the line it is on.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, std::string_view file, char separator, CsvFault* fault)
      : text_(text), file_(file), separator_(separator), fault_(fault) {}

  bool at_end() const { return at_ >= text_.size(); }

  // The cells up to the next line break that is not inside quotes.
  Result<std::vector<CsvCell>> next_row() {
    std::vector<CsvCell> cells;
    while (true) {
      if (cells.size() >= limits::csv_columns_max) {
        return error(line_, cells.size() + 1,
                     phrase("more than {0} columns", {std::to_string(limits::csv_columns_max)}));
      }
      column_ = cells.size() + 1;
      CsvCell cell{{}, line_};
      KX_CHECK(peek() == '"' ? read_quoted(cell) : read_plain(cell));
      KX_CHECK(check_characters(cell));
      cells.push_back(std::move(cell));
      if (at_end()) return cells;
      if (peek() == separator_) {
        ++at_;
        continue;
      }
      KX_CHECK(skip_line_break());
      return cells;
    }
  }

 private:
  char peek() const { return at_end() ? '\0' : text_[at_]; }

  Error error(std::size_t line, std::size_t column, const Words& message) const {
    if (fault_ != nullptr) *fault_ = {line, column, message};
    return error_at_place(file_, line, column, message);
  }

  Status check_characters(const CsvCell& cell) const {
    if (is_clean_utf8(cell.text)) return {};
    return error(cell.line, column_,
                 cell.text.find('\0') != std::string::npos ? phrase("a NUL character; the file may be damaged")
                                                           : phrase("not UTF-8; save the file again as \"CSV UTF-8\""));
  }

  Status skip_line_break() {
    if (peek() == '\r') ++at_;
    if (peek() != '\n') {
      return error(line_, column_, phrase("a lone carriage return; lines end with LF or CRLF"));
    }
    ++at_;
    ++line_;
    return {};
  }

  Status read_plain(CsvCell& cell) {
    const std::size_t start = at_;
    while (!at_end() && peek() != separator_ && peek() != '\n' && peek() != '\r') {
      if (peek() == '"') {
        return error(line_, column_, phrase("quotes must enclose the whole cell; a quote inside is doubled"));
      }
      ++at_;
    }
    cell.text = std::string(text_.substr(start, at_ - start));
    return {};
  }

  Status read_quoted(CsvCell& cell) {
    ++at_;
    while (true) {
      if (at_end()) {
        return error(cell.line, column_, phrase("a quoted cell begins here and never ends"));
      }
      if (peek() == '"') {
        ++at_;
        if (peek() != '"') break;
        cell.text += '"';
        ++at_;
      } else if (peek() == '\n' || peek() == '\r') {
        KX_CHECK(skip_line_break());
        cell.text += '\n';
      } else {
        cell.text += text_[at_++];
      }
    }
    if (at_end() || peek() == separator_ || peek() == '\n' || peek() == '\r') return {};
    return error(line_, column_, phrase("text after the closing quote; a quote inside a cell is doubled"));
  }

  std::string_view text_;
  std::string_view file_;
  char separator_;
  CsvFault* fault_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

Status check_size(std::string_view text, const std::string& name) {
  if (text.size() <= limits::csv_bytes_max) return {};
  return Error(ErrorCode::bad_input,
               phrase("{0}: too large (limit {1} bytes)", {name, std::to_string(limits::csv_bytes_max)}));
}

bool is_blank(const std::vector<CsvCell>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const CsvCell& cell) { return cell.text.empty(); });
}

}  // namespace

Error CsvTable::fail(std::size_t line, std::size_t column, const Words& message) {
  if (fault_ != nullptr) *fault_ = {line, column, message};
  return error_at_place(name_, line, column, message);
}

Result<CsvTable> CsvTable::parse(std::string_view text, std::string name, char separator, CsvFault* fault) {
  CsvTable table;
  table.name_ = std::move(name);
  table.fault_ = fault;
  if (auto size = check_size(text, table.name_); !size.ok()) {
    if (fault != nullptr) *fault = {1, 1, phrase("the file is too large")};
    return size.error();
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return table.fail(1, 1, phrase("the file is UTF-16 (\"Unicode text\"); save it again as \"CSV UTF-8\""));
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  CsvScanner scanner(text, table.name_, separator, fault);
  while (!scanner.at_end()) {
    KX_TRY(cells, scanner.next_row());
    if (is_blank(cells)) continue;
    KX_CHECK(table.header_.empty() ? table.take_header(std::move(cells)) : table.take_row(std::move(cells)));
  }
  if (table.header_.empty()) {
    return table.fail(1, 1, phrase("there is no header; the first row names the columns"));
  }
  KX_CHECK(table.drop_nameless_columns());
  table.fault_ = nullptr;
  return table;
}

Result<CsvTable> CsvTable::read(const std::filesystem::path& path) {
  KX_TRY(text, read_text_file(path, limits::csv_bytes_max));
  return parse(text, path.filename().string());
}

Status CsvTable::take_header(std::vector<CsvCell> cells) {
  header_line_ = cells.front().line;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    positions_.push_back(column);
    std::string text(trim(cells[column].text));
    if (!text.empty() && find_column(text)) {
      return fail(header_line_, column + 1, phrase("the column name \"{0}\" stands twice", {text}));
    }
    header_.push_back(std::move(text));
  }
  return {};
}

Status CsvTable::take_row(std::vector<CsvCell> cells) {
  // Some spreadsheets write empty cells behind the last column, or leave out those of columns without name.
  while (cells.size() > header_.size() && cells.back().text.empty()) cells.pop_back();
  while (cells.size() < header_.size() && header_[cells.size()].empty()) cells.push_back({{}, cells.front().line});
  if (cells.size() != header_.size()) {
    const std::size_t column = std::min(cells.size(), header_.size()) + 1;
    return fail(cells.front().line, column,
                phrase("the row has {0} cells, the header {1}",
                       {std::to_string(cells.size()), std::to_string(header_.size())}));
  }
  if (rows_.size() >= limits::csv_rows_max) {
    return fail(cells.front().line, 1, phrase("more than {0} rows", {std::to_string(limits::csv_rows_max)}));
  }
  rows_.push_back(std::move(cells));
  return {};
}

Status CsvTable::drop_nameless_columns() {
  for (std::size_t column = header_.size(); column-- > 0;) {
    if (!header_[column].empty()) continue;
    for (const std::vector<CsvCell>& row : rows_) {
      if (!row[column].text.empty()) {
        return fail(row[column].line, column + 1, phrase("this column has no name in the header"));
      }
    }
    const auto offset = static_cast<std::ptrdiff_t>(column);
    header_.erase(header_.begin() + offset);
    positions_.erase(positions_.begin() + offset);
    for (std::vector<CsvCell>& row : rows_) row.erase(row.begin() + offset);
  }
  return {};
}

std::optional<std::size_t> CsvTable::find_column(std::string_view column_name) const {
  const auto found = std::find(header_.begin(), header_.end(), column_name);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

Result<std::size_t> CsvTable::require_column(std::string_view column_name) const {
  if (const auto column = find_column(column_name)) return *column;
  return Error(ErrorCode::bad_input, phrase("{0}, line {1}: the header lacks the column \"{2}\"",
                                            {name_, std::to_string(header_line_), column_name}));
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const {
  assert(row < rows_.size() && column < header_.size());
  return rows_[row][column].text;
}

std::string_view CsvTable::cell(std::size_t row, std::string_view column_name) const {
  const auto column = find_column(column_name);
  return column ? cell(row, *column) : std::string_view();
}

Error CsvTable::error_at(std::size_t row, std::size_t column, const Words& message) const {
  assert(row < rows_.size() && column < header_.size());
  return Error(ErrorCode::bad_input, phrase("{0}, line {1}, column {2} ({3}): {4}",
                                            {name_, std::to_string(rows_[row][column].line),
                                             std::to_string(positions_[column] + 1), header_[column], message}));
}

Error CsvTable::error_in_header(std::size_t column, const Words& message) const {
  return error_at_place(name_, header_line_, positions_[column] + 1, message);
}

Result<std::vector<std::vector<CsvCell>>> parse_csv_rows(std::string_view text, const std::string& name) {
  KX_CHECK(check_size(text, name));
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::vector<std::vector<CsvCell>> rows;
  CsvScanner scanner(text, name, ',', nullptr);
  while (!scanner.at_end()) {
    KX_TRY(cells, scanner.next_row());
    if (is_blank(cells)) continue;
    if (rows.size() >= limits::csv_rows_max) {
      return error_at_place(name, cells.front().line, 1,
                            phrase("more than {0} rows", {std::to_string(limits::csv_rows_max)}));
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

char csv_separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  if (first.find(',') != std::string_view::npos) return ',';
  if (first.find('\t') != std::string_view::npos) return '\t';
  return first.find(';') != std::string_view::npos ? ';' : ',';
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  return "\"" + replace_all(std::string(text), "\"", "\"\"") + "\"";
}

}  // namespace kuangxun
