#pragma once

#include <algorithm>
#include <string>

#include "db/base/bytes.h"
#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/base/uuid.h"

namespace kuangxun::wire {

// Reads what ByteWriter wrote. The first read that does not fit makes the reader bad for good; from then on every read
// gives zeros, so that a caller checks once, at the end. No count is believed before it is held against the bytes left.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : rest_(bytes) {}

  template <class Number>
  Number number() {
    std::uint64_t value = 0;
    const ByteView taken = take(sizeof(Number));
    for (std::size_t i = 0; i < taken.size(); ++i) value |= std::uint64_t{taken[i]} << (8 * i);
    return static_cast<Number>(value);
  }
  // Exactly `size` bytes, or none when they are not there.
  ByteView take(std::size_t size) {
    if (is_bad_ || size > rest_.size()) {
      is_bad_ = true;
      return {};
    }
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  template <class Fixed>
  Fixed fixed() {
    Fixed value;
    const ByteView taken = take(value.bytes.size());
    std::copy(taken.begin(), taken.end(), value.bytes.begin());
    return value;
  }
  Uuid id() { return fixed<Uuid>(); }
  Hash hash() { return fixed<Hash>(); }
  PublicKey key() { return fixed<PublicKey>(); }
  Signature signature() { return fixed<Signature>(); }
  // A byte string behind its u32 length, of at most `size_max` bytes.
  ByteView counted(std::size_t size_max) {
    const auto size = number<std::uint32_t>();
    if (size > size_max) is_bad_ = true;
    return take(size);
  }
  Bytes counted_bytes(std::size_t size_max) {
    const ByteView taken = counted(size_max);
    return Bytes(taken.begin(), taken.end());
  }
  std::string counted_text(std::size_t size_max) { return std::string(as_text(counted(size_max))); }
  // How many elements follow: a u32 of at most `count_max`, each at least `element_bytes_min` bytes long.
  std::uint32_t count(std::uint32_t count_max, std::size_t element_bytes_min) {
    const auto count = number<std::uint32_t>();
    if (count > count_max || count > rest_.size() / element_bytes_min) is_bad_ = true;
    return is_bad_ ? 0 : count;
  }
  void fail() { is_bad_ = true; }
  bool is_bad() const { return is_bad_; }
  // All bytes were used and all of them made sense.
  bool is_finished() const { return !is_bad_ && rest_.empty(); }

 private:
  ByteView rest_;
  bool is_bad_ = false;
};

}  // namespace kuangxun::wire
