#pragma once

#include <cstdint>
#include <utility>

#include "tests/support/memory/write_fault.h"

namespace kuangxun::simulation {

// A fault that the world sets and a store meets some writes later.
class Strike final : public tests::WriteFault {
 public:
  bool may_strike() const override { return writes_left_ > 0; }
  Status before_write() override;

  // The program dies before the `writes`-th write from now on.
  void kill_after(std::uint64_t writes);
  // The disk is full from the `writes`-th write on, until it is freed.
  void fill_after(std::uint64_t writes);
  void disarm() { writes_left_ = 0; }
  // Whether the disk was full since it was asked the last time.
  bool has_filled() { return std::exchange(has_filled_, false); }

 private:
  enum class What { kill, fill } what_ = What::kill;
  std::uint64_t writes_left_ = 0;  // 0: nothing is set
  bool has_filled_ = false;
};

}  // namespace kuangxun::simulation
