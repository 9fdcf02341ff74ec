#include "db/base/hash.h"

#include <doctest/doctest.h>

#include "db/base/random.h"

namespace kuangxun {

// FIPS 180-4 example values and the empty text.
TEST_CASE("SHA-256 gives the standard's values") {
  CHECK(sha256({}).text() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256(as_bytes("abc")).text() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).text() ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(as_bytes(std::string(1'000'000, 'a'))).text() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a hash is read from its 64 digits and from nothing else") {
  const Hash hash = sha256(as_bytes("abc"));
  CHECK(*parse_hash(hash.text()) == hash);
  CHECK(*parse_hash("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD") == hash);
  for (const std::string& text : {std::string(), hash.text() + "0", hash.text() + "00", hash.text().substr(2),
                                  std::string(64, 'g'), " " + hash.text().substr(1)}) {
    CAPTURE(text);
    CHECK(!parse_hash(text).ok());
  }
  CHECK(Hash{}.is_zero());
  CHECK(!hash.is_zero());
}

TEST_CASE("hexadecimal text goes both ways") {
  Bytes all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::uint8_t>(i));
  CHECK(to_hex(all).substr(0, 8) == "00010203");
  CHECK(to_hex(all).substr(506) == "fdfeff");
  CHECK(*from_hex(to_hex(all)) == all);
  CHECK(*from_hex("FFfe") == Bytes{0xff, 0xfe});
  CHECK(from_hex("")->empty());
  for (const char* text : {"0", "000", "0g", "g0", "0x", "  ", "-1", "é"}) {
    CAPTURE(text);
    const auto bytes = from_hex(text);
    CHECK(!bytes.ok());
    if (!bytes.ok()) CHECK(bytes.error().code() == ErrorCode::bad_input);
  }
  CHECK(as_text(as_bytes("矿巡")) == "矿巡");
}

TEST_CASE("the system's randomness fills everything and does not repeat") {
  SystemRandom random;
  std::array<std::uint8_t, 64> first{};
  std::array<std::uint8_t, 64> second{};
  random.fill(first);
  random.fill(second);
  CHECK(first != second);
  // 64 bytes without one zero half: 2^-256.
  CHECK(ByteView(first).first(32).size() == 32);
  CHECK(hash_from_bytes(ByteView(first).first(32)) != Hash{});
  CHECK(hash_from_bytes(ByteView(first).last(32)) != Hash{});
}

}  // namespace kuangxun
