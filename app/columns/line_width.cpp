#include "app/columns/line_width.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace kuangxun::columns {

std::size_t line_width_of(const std::ostream& out) {
  winsize size{};
  if (&out != &std::cout || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace kuangxun::columns
