#include "db/base/hash.h"

#include <openssl/sha.h>

#include <cassert>
#include <cstring>

#include "db/language/language.h"

namespace kuangxun {

Hash sha256(ByteView bytes) {
  Hash hash;
  SHA256(bytes.data(), bytes.size(), hash.bytes.data());
  return hash;
}

Hash hash_from_bytes(ByteView thirty_two) {
  assert(thirty_two.size() == 32);
  Hash hash;
  std::memcpy(hash.bytes.data(), thirty_two.data(), hash.bytes.size());
  return hash;
}

Result<Hash> parse_hash(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes.ok() || bytes->size() != 32) {
    return Error(ErrorCode::bad_input, phrase("not a SHA-256 value (64 hexadecimal digits)"));
  }
  return hash_from_bytes(*bytes);
}

}  // namespace kuangxun
