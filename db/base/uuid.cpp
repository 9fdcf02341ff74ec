#include "db/base/uuid.h"

#include <cassert>
#include <cstring>

#include "db/base/hash.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun {

std::string Uuid::text() const {
  std::string digits = to_hex(bytes);
  for (const std::size_t at : {20u, 16u, 12u, 8u}) digits.insert(at, "-");
  return digits;
}

Result<Uuid> parse_uuid(std::string_view text) {
  const auto refuse = [&] {
    return Error(ErrorCode::bad_input,
                 phrase("\"{0}\" is not an id (8-4-4-4-12 hexadecimal digits)", {excerpt(text, 60)}));
  };
  if (text.size() != 36) return refuse();
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (text[i] == '-')) return refuse();
    if (!dash) digits += text[i];
  }
  const auto bytes = from_hex(digits);
  if (!bytes.ok()) return refuse();
  return uuid_from_bytes(*bytes);
}

Uuid uuid_from_bytes(ByteView sixteen) {
  assert(sixteen.size() == 16);
  Uuid id;
  std::memcpy(id.bytes.data(), sixteen.data(), id.bytes.size());
  return id;
}

Uuid make_uuid(Clock& clock, Random& random) {
  Uuid id;
  random.fill(id.bytes);
  const auto now_ms = static_cast<std::uint64_t>(clock.now_ms());
  for (int i = 0; i < 6; ++i) id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now_ms >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id;
}

Uuid fixed_uuid(std::string_view name) {
  const Hash hash = sha256(as_bytes("kuangxun:" + std::string(name)));
  Uuid id = uuid_from_bytes(ByteView(hash.bytes).first(16));
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x80);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id;
}

std::size_t UuidHash::operator()(const Uuid& id) const noexcept {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, id.bytes.data(), 8);
  std::memcpy(&low, id.bytes.data() + 8, 8);
  return static_cast<std::size_t>((high * 0x9e3779b97f4a7c15ULL) ^ (low + (high >> 29)));
}

}  // namespace kuangxun
