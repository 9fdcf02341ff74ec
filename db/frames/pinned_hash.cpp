#include <cassert>

#include "db/frames/frame.h"

namespace kuangxun::frames {

const history::WriterId& pinned_writer() {
  static const history::WriterId writer{fixed_uuid("tekes-plan-2021-2025/genesis"), 1};
  return writer;
}

// SHA-256 that names the frame of assets/registers. It changes only together with a new edition of the registers, and
// then the old one stays accepted beside it.
Hash pinned_hash() {
  static const Hash hash = [] {
    const auto parsed = parse_hash("b00268805242bed8b485fc8f978610911ee9ce1b715f753b245e4ace0fb9034a");
    assert(parsed.ok());
    return *parsed;
  }();
  return hash;
}

}  // namespace kuangxun::frames
