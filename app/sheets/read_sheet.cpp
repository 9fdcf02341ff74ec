#include "app/sheets/read_sheet.h"

#include "app/sheets/workbook.h"
#include "db/base/csv.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::sheets {
namespace {

constexpr std::string_view zip_magic = "PK\x03\x04";
constexpr std::string_view compound_magic = "\xD0\xCF\x11\xE0";

Result<Sheet> parse_csv(std::string_view bytes, const std::string& file) {
  KX_TRY(rows, parse_csv_rows(bytes, file));
  Sheet sheet;
  sheet.file = file;
  for (std::vector<CsvCell>& cells : rows) {
    SheetRow row;
    row.number = cells.front().line;
    for (CsvCell& cell : cells) {
      row.cells.emplace_back();
      row.cells.back().text = std::move(cell.text);
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

Result<Sheet> parse_sheet(std::string_view bytes, const std::string& file, const std::string& sheet_name) {
  if (bytes.starts_with(compound_magic)) {
    return Error(ErrorCode::bad_input, phrase("{0}: it has a password or is of the old .xls form; save it again as "
                                              ".xlsx without a password",
                                              {file}));
  }
  if (bytes.starts_with(zip_magic)) return read_workbook(bytes, file, sheet_name);
  if (!sheet_name.empty()) {
    return Error(ErrorCode::bad_input, phrase("{0}: a CSV has no sheets", {file}));
  }
  return parse_csv(bytes, file);
}

Result<Sheet> read_sheet(const std::filesystem::path& path, const std::string& sheet_name) {
  KX_TRY(bytes, read_text_file(path, limits::sheet_file_bytes_max));
  return parse_sheet(bytes, path.filename().string(), sheet_name);
}

}  // namespace kuangxun::sheets
