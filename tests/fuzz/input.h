#pragma once

#include <algorithm>

#include "db/base/bytes.h"

namespace kuangxun::fuzz {

// The bytes of one input, taken from the front: first the numbers that a target wants beside its subject, then the
// subject. When they run out, zeros come.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  template <class Number>
  Number number() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) value |= std::uint64_t{byte()} << (8 * i);
    return static_cast<Number>(value);
  }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  // 0 to bound - 1.
  std::size_t below(std::size_t bound) { return byte() % bound; }
  bool is_empty() const { return rest_.empty(); }
  ByteView rest() const { return rest_; }
  ByteView take(std::size_t size) {
    const ByteView taken = rest_.first(std::min(size, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

 private:
  ByteView rest_;
};

}  // namespace kuangxun::fuzz
