#pragma once

#include <string>

#include "app/printout/line_width.h"
#include "db/base/result.h"

namespace kuangxun::cli {

using printout::line_width_of;

// One line of the standard input without its end: at a terminal asked for with `prompt` and not shown while it is
// typed, else the next line of what was piped in. unavailable when there is none.
Result<std::string> read_secret_line(const std::string& prompt);
bool is_typed_at_terminal();

}  // namespace kuangxun::cli
