#include "tests/simulation/strike.h"

namespace kuangxun::simulation {

Status Strike::before_write() {
  if (writes_left_ == 0) return {};
  if (writes_left_ > 1) {
    --writes_left_;
    return {};
  }
  if (what_ == What::kill) {
    writes_left_ = 0;
    throw tests::Killed();
  }
  // Stays at 1: everything fails until it is disarmed.
  has_filled_ = true;
  return Error(ErrorCode::unavailable, "the disk is full");
}

void Strike::kill_after(std::uint64_t writes) {
  what_ = What::kill;
  writes_left_ = writes;
}

void Strike::fill_after(std::uint64_t writes) {
  what_ = What::fill;
  writes_left_ = writes;
}

}  // namespace kuangxun::simulation
