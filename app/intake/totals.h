#pragma once

#include <string>
#include <vector>

#include "app/intake/heading.h"
#include "app/intake/table_row.h"

// For this folder only: rows that are no mine.
namespace kuangxun::intake {

enum class RowSort { data, total, subtotal, remark, repeated_heading, blank };
RowSort sort_of(const sheets::Sheet& sheet, const sheets::SheetRow& row, const Headings& headings);

// Compares a row of totals with the rows above it; bad_input names the column. What cannot be added (rates, different
// units) is not compared.
Status check_total(const sheets::Sheet& sheet, const sheets::SheetRow& total, const Headings& headings,
                   const std::vector<TableRow>& rows);

}  // namespace kuangxun::intake
