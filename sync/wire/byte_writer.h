#pragma once

#include <string_view>

#include "db/base/bytes.h"
#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/base/uuid.h"

namespace kuangxun::wire {

// Appends little-endian numbers, fixed arrays, and byte strings behind their u32 length.
class ByteWriter {
 public:
  template <class Number>
  void number(Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
    }
  }
  void raw(ByteView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  void raw(std::string_view text) { raw(as_bytes(text)); }
  void id(const Uuid& id) { raw(id.bytes); }
  void hash(const Hash& hash) { raw(hash.bytes); }
  void key(const PublicKey& key) { raw(key.bytes); }
  void signature(const Signature& signature) { raw(signature.bytes); }
  void counted(ByteView bytes) {
    number(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
  }
  void counted(std::string_view text) { counted(as_bytes(text)); }
  const Bytes& bytes() const& { return bytes_; }
  Bytes&& bytes() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace kuangxun::wire
