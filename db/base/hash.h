#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun {

// A SHA-256 value (FIPS 180-4).
struct Hash {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Hash&) const = default;
  std::string text() const { return to_hex(bytes); }
  bool is_zero() const { return *this == Hash{}; }
};

Hash sha256(ByteView bytes);
Hash hash_from_bytes(ByteView thirty_two);
Result<Hash> parse_hash(std::string_view hex);

}  // namespace kuangxun
