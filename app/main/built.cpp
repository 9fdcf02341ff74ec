#include "app/main/built.h"

namespace kuangxun {

// A file of its own: it is compiled anew in every build folder, and nothing else is.
std::int64_t built_ms() {
  return std::int64_t{KUANGXUN_BUILT_S} * 1000;
}

}  // namespace kuangxun
