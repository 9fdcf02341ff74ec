#pragma once

#include <filesystem>

#include "app/sheets/sheet.h"

namespace kuangxun::sheets {

// What the file is, is told by its first bytes. `sheet_name` empty: the first visible sheet that holds something.
// bad_input names the place: a file with a password or of the old .xls form, no workbook, damaged, or larger than
// limits::sheet_* allow (also when unpacked); no such sheet.
Result<Sheet> read_sheet(const std::filesystem::path& path, const std::string& sheet_name = {});
Result<Sheet> parse_sheet(std::string_view bytes, const std::string& file, const std::string& sheet_name = {});

}  // namespace kuangxun::sheets
