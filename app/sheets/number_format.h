#pragma once

#include <string>
#include <string_view>

#include "app/sheets/sheet.h"

// For this folder only: what a spreadsheet's number is to the person who looks at it.
namespace kuangxun::sheets {

enum class NumberFormat { plain, percent, day };

// Of a format that every XLSX file knows by number (ECMA-376, 18.8.30), and of one that the file spells out.
NumberFormat built_in_format(int number);
NumberFormat spelled_format(std::string_view code);

// "0.30000000000000004" becomes "0.3": spreadsheets show 15 digits. Without exponent where that is possible; empty when
// the text is no number.
std::string plain_number(std::string_view raw);
// A cell with that number. `counts_from_1904`: as old files of the Macintosh do.
Cell number_cell(std::string_view raw, NumberFormat format, bool counts_from_1904);

}  // namespace kuangxun::sheets
