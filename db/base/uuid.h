#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "db/base/bytes.h"
#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/result.h"

namespace kuangxun {

// 16 bytes, written as 8-4-4-4-12 lower-case hexadecimal digits.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid{}; }
  std::string text() const;
  ByteView view() const { return bytes; }
};

Result<Uuid> parse_uuid(std::string_view text);
Uuid uuid_from_bytes(ByteView sixteen);

// RFC 9562 version 7: 48 bits of the clock, 74 of randomness.
Uuid make_uuid(Clock& clock, Random& random);

// RFC 9562 version 8: the same name gives the same id for ever (SHA-256 of "kuangxun:" + name). For
// the county's registers, so that two laptops that load them have 16 mining rights, not 32.
Uuid fixed_uuid(std::string_view name);

struct UuidHash {
  std::size_t operator()(const Uuid& id) const noexcept;
};

}  // namespace kuangxun
