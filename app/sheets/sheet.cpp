#include "app/sheets/sheet.h"

#include <algorithm>

namespace kuangxun::sheets {

const Cell& SheetRow::cell(std::size_t column) const {
  static const Cell none;
  return column < cells.size() ? cells[column] : none;
}

std::string column_letters(std::size_t column) {
  constexpr std::size_t letters = 26;
  std::string text;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / letters) {
    text.insert(text.begin(), static_cast<char>('A' + (rest - 1) % letters));
  }
  return text;
}

Error Sheet::error_at(std::size_t row_number, std::size_t column, const Words& message) const {
  return Error(ErrorCode::bad_input, phrase("{0}, row {1}, column {2}: {3}",
                                            {file, std::to_string(row_number), column_letters(column), message}));
}

}  // namespace kuangxun::sheets
