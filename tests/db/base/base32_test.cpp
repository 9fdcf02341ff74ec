#include "db/base/base32.h"

#include <doctest/doctest.h>

using namespace kuangxun;

TEST_CASE("base 32 takes five bits a character, from the most significant") {
  CHECK(to_base32(Bytes{0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6}, 12) ==
        "01234567"
        "89AB");
  CHECK(to_base32(Bytes{0xFF}, 1) == "Z");
  CHECK(to_base32(Bytes{0x08, 0x42, 0x10, 0x84, 0x21}, 8) == "11111111");
  CHECK(to_base32(Bytes{}, 0).empty());
}
