#include "tests/support/where.h"

namespace kuangxun {

std::string source_folder() {
  return KUANGXUN_SOURCE_DIR;
}
std::string binary_folder() {
  return KUANGXUN_BINARY_DIR;
}

}  // namespace kuangxun
