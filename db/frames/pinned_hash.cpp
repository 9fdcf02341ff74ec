#include <cassert>

#include "db/frames/frame.h"

namespace kuangxun::frames {

// SHA-256 that names the frame of assets/registers. It changes only together with a new edition of the registers, and
// then the old one stays accepted beside it.
Hash pinned_hash() {
  static const Hash hash = [] {
    const auto parsed = parse_hash("0000000000000000000000000000000000000000000000000000000000000000");
    assert(parsed.ok());
    return *parsed;
  }();
  return hash;
}

}  // namespace kuangxun::frames
