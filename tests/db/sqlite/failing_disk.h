#pragma once

#include <cstdint>

namespace kuangxun::tests {

// While it lives, SQLite's files go through a layer that lets the n-th write, truncation or flush fail: as a full disk
// or a broken one does, once or from then on. Half of a failing write reaches the file. Flushes are counted but not
// done: what is tested is what the program makes of the answer.
class FailingDisk {
 public:
  FailingDisk();
  ~FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  // 0: nothing fails. Counting begins anew.
  void fail_at(std::uint64_t step, bool for_ever);
  std::uint64_t steps() const;
  // How often something was to be on the disk before the program goes on.
  std::uint64_t flushes() const;
  bool has_failed() const;
};

}  // namespace kuangxun::tests
