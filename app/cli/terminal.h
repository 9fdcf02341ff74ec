#pragma once

#include <ostream>
#include <string>

#include "db/base/result.h"

namespace kuangxun::cli {

// Columns of the terminal that `out` writes to; 0 when it is none (a file, a pipe, a test), where lines have no end.
std::size_t line_width_of(const std::ostream& out);

// One line of the standard input without its end: at a terminal asked for with `prompt` and not shown while it is
// typed, else the next line of what was piped in. unavailable when there is none.
Result<std::string> read_secret_line(const std::string& prompt);
bool is_typed_at_terminal();

}  // namespace kuangxun::cli
