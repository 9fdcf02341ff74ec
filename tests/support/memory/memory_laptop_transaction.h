#pragma once

#include <optional>

#include "tests/support/memory/memory_laptop_store.h"

namespace kuangxun::tests {

// Everything as it was, unless committed; also when the program is killed in between.
class MemoryLaptopStore::Transaction {
 public:
  explicit Transaction(MemoryLaptopStore& store) : store_(store) {
    if (store.world_.fault != nullptr && store.world_.fault->may_strike()) before_ = store.state_;
  }
  ~Transaction() {
    if (is_committed_ || !before_.has_value()) return;
    store_.state_ = std::move(*before_);
    store_.visible_.forget();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() { is_committed_ = true; }

 private:
  MemoryLaptopStore& store_;
  std::optional<LaptopState> before_;
  bool is_committed_ = false;
};

}  // namespace kuangxun::tests
