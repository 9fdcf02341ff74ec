#pragma once

#include "db/base/result.h"

namespace kuangxun::tests {

// Thrown out of a store: the program that used it died here. Nobody but the simulated world catches it.
struct Killed {};

// What may happen before each single write of a memory store.
class WriteFault {
 public:
  virtual ~WriteFault() = default;
  // Whether the next transaction may be struck; only then does a store keep what it would go back to.
  virtual bool may_strike() const = 0;
  // An error: the disk took nothing more, the transaction falls. Throws Killed when the program dies.
  virtual Status before_write() = 0;
};

}  // namespace kuangxun::tests
