#include "app/sheets/sheet_part.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::sheets {
namespace {

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

struct CellPlace {
  std::size_t row = 0;
  std::size_t column = 0;
};

// "AB12"
std::optional<CellPlace> place_of(std::string_view reference) {
  constexpr std::size_t letters = 26;
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && at < 4; ++at) {
    column = column * letters + static_cast<std::size_t>(reference[at] - 'A') + 1;
  }
  const auto row = number_of(reference.substr(at));
  if (at == 0 || !row || *row == 0) return std::nullopt;
  return CellPlace{*row, column - 1};
}

bool is_blank(const SheetRow& row) {
  return std::ranges::all_of(row.cells,
                             [](const Cell& cell) { return trim(cell.text).empty() && cell.problem.empty(); });
}

}  // namespace

Error SheetPart::too_much(const Words& what) const {
  return Error(ErrorCode::bad_input, phrase("sheet \"{0}\" is too large: {1}", {excerpt(sheet_.name, 40), what}));
}

Status SheetPart::begin(std::string_view name, const Attributes& attributes) {
  if (name == "row") return begin_row(attributes);
  if (name == "c") return begin_cell(attributes);
  if (name == "mergeCell") return take_merged(attributes.get("ref"));
  if (name == "f") is_formula_ = true;
  if (name == "rPh") ++readings_;
  is_value_ = name == "v" || (name == "t" && readings_ == 0);
  return {};
}

Status SheetPart::end(std::string_view name) {
  is_value_ = false;
  if (name == "rPh") --readings_;
  if (name == "c") return end_cell();
  if (name == "row" && !is_blank(row_)) {
    if (sheet_.rows.size() >= limits::csv_rows_max) {
      return too_much(phrase("more than {0} rows", {std::to_string(limits::csv_rows_max)}));
    }
    sheet_.rows.push_back(std::move(row_));
  }
  return {};
}

Status SheetPart::characters(std::string_view text) {
  if (!is_value_) return {};
  if (value_.size() + text.size() > limits::text_bytes_max) {
    return too_much(phrase("the text of one cell is too long"));
  }
  value_ += text;
  return {};
}

Status SheetPart::begin_row(const Attributes& attributes) {
  const std::size_t next = row_.number + 1;
  row_ = SheetRow();
  row_.number = number_of(attributes.get("r")).value_or(next);
  const auto hidden = attributes.get("hidden");
  row_.is_hidden = hidden == "1" || hidden == "true";
  column_ = 0;
  return {};
}

Status SheetPart::begin_cell(const Attributes& attributes) {
  if (const auto place = place_of(attributes.get("r"))) column_ = place->column;
  type_ = attributes.get("t");
  style_ = number_of(attributes.get("s")).value_or(0);
  value_.clear();
  is_formula_ = false;
  return {};
}

Cell SheetPart::make_cell() const {
  Cell cell;
  if (type_ == "s") {
    const auto index = number_of(value_);
    if (index && *index < context_.texts.size()) {
      cell.text = context_.texts[*index];
    } else if (!value_.empty()) {
      cell.problem = say_text(
          "the cell points to a text that is not there; the "
          "file may be damaged");
    }
  } else if (type_ == "e") {
    cell.text = value_;
    cell.problem = say_with("the formula fails ({0})", {excerpt(value_, 20)});
  } else if (type_ == "d") {
    cell.text = value_.substr(0, value_.find('T'));
    cell.form = CellForm::day;
  } else if (type_ == "str" || type_ == "inlineStr" || type_ == "b" || value_.empty()) {
    cell.text = type_ == "b" ? (value_ == "1" ? "TRUE" : "FALSE") : value_;
  } else {
    const auto format = style_ < context_.formats.size() ? context_.formats[style_] : NumberFormat::plain;
    cell = number_cell(value_, format, context_.counts_from_1904);
  }
  cell.is_formula = is_formula_;
  if (is_formula_ && value_.empty() && type_ != "str") {
    cell.problem = say_text("the formula has no result; open the file, let it calculate, and save it");
  }
  return cell;
}

Status SheetPart::end_cell() {
  Cell cell = make_cell();
  const std::size_t column = column_++;
  if (cell.is_empty()) return {};
  if (column >= limits::csv_columns_max) {
    return too_much(phrase("more than {0} columns", {std::to_string(limits::csv_columns_max)}));
  }
  if (column >= row_.cells.size()) {
    cells_ += column + 1 - row_.cells.size();
    row_.cells.resize(column + 1);
  }
  text_bytes_ += cell.text.size();
  if (cells_ > limits::sheet_cells_max || text_bytes_ > limits::sheet_text_bytes_max) {
    return too_much(phrase("too many cells"));
  }
  row_.cells[column] = std::move(cell);
  return {};
}

Status SheetPart::take_merged(std::string_view range) {
  const auto colon = range.find(':');
  const auto first = place_of(range.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : place_of(range.substr(colon + 1));
  if (!first || !last || sheet_.merged.size() >= limits::sheet_formats_max) return {};
  sheet_.merged.push_back({first->row, last->row, first->column, last->column});
  return {};
}

}  // namespace kuangxun::sheets
