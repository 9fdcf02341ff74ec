#pragma once

#include "app/printout/table.h"

// For this folder: tables under their short names.
namespace kuangxun::cli {

using printout::display_width;
using printout::fit_cell;
using printout::Table;
using printout::wrap_text;

}  // namespace kuangxun::cli
