#pragma once

#include <cstddef>
#include <iosfwd>

namespace kuangxun::columns {

// Columns of the terminal that `out` writes to; 0 when it is none (a file, a pipe, a test), where lines have no end.
std::size_t line_width_of(const std::ostream& out);

}  // namespace kuangxun::columns
