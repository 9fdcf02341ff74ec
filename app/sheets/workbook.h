#pragma once

#include <string>
#include <string_view>

#include "app/sheets/sheet.h"

// For this folder only.
namespace kuangxun::sheets {

// One sheet of an XLSX file.
Result<Sheet> read_workbook(std::string_view bytes, const std::string& file, const std::string& sheet_name);

}  // namespace kuangxun::sheets
