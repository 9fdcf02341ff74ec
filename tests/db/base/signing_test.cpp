#include "db/base/signing.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

struct Vector {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032, section 7.1, tests 1 to 3.
constexpr Vector vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "5"
     "5141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "0"
     "0d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "0"
     "27beceea1ec40a"},
};

template <class T>
T from_digits(std::string_view digits) {
  T value;
  const auto bytes = from_hex(digits);
  REQUIRE(bytes.ok());
  REQUIRE(bytes->size() == value.bytes.size());
  std::ranges::copy(*bytes, value.bytes.begin());
  return value;
}

}  // namespace

TEST_CASE("the standard's keys, signatures and messages come out") {
  for (const Vector& vector : vectors) {
    const auto key = SigningKey::from_seed(*from_hex(vector.seed));
    REQUIRE(key.ok());
    CHECK(to_hex(key->public_key().bytes) == vector.public_key);
    CHECK(to_hex(key->seed()) == vector.seed);
    const Bytes message = *from_hex(vector.message);
    CHECK(to_hex(key->sign(message).bytes) == vector.signature);
    CHECK(
        verify_signature(from_digits<PublicKey>(vector.public_key), message, from_digits<Signature>(vector.signature)));
  }
}

TEST_CASE("one flipped bit anywhere makes a signature invalid") {
  const Vector& vector = vectors[2];
  const auto key = from_digits<PublicKey>(vector.public_key);
  const auto signature = from_digits<Signature>(vector.signature);
  const Bytes message = *from_hex(vector.message);
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature changed = signature;
    changed.bytes[bit / 8] = static_cast<std::uint8_t>(changed.bytes[bit / 8] ^ (1 << (bit % 8)));
    CHECK(!verify_signature(key, message, changed));
  }
  for (std::size_t bit = 0; bit < 256; ++bit) {
    PublicKey changed = key;
    changed.bytes[bit / 8] = static_cast<std::uint8_t>(changed.bytes[bit / 8] ^ (1 << (bit % 8)));
    CHECK(!verify_signature(changed, message, signature));
  }
  for (std::size_t bit = 0; bit < 16; ++bit) {
    Bytes changed = message;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1 << (bit % 8)));
    CHECK(!verify_signature(key, changed, signature));
  }
  CHECK(!verify_signature(key, {}, signature));
}

TEST_CASE("a second form of a valid signature is refused, so that a frame has one hash") {
  // S + L is the same scalar; L is the order of the group, little-endian.
  const Bytes order = *from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  for (const Vector& vector : vectors) {
    auto signature = from_digits<Signature>(vector.signature);
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
      carry += signature.bytes[32 + i] + order[i];
      signature.bytes[32 + i] = static_cast<std::uint8_t>(carry);
      carry >>= 8;
    }
    REQUIRE(carry == 0);
    CHECK(!verify_signature(from_digits<PublicKey>(vector.public_key), *from_hex(vector.message), signature));
  }
}

TEST_CASE("keys of small order, under which one signature would fit every message, are refused") {
  for (const char* point : {"0100000000000000000000000000000000000000000000000000000000000000",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "0000000000000000000000000000000000000000000000000000000000000000",
                            "0000000000000000000000000000000000000000000000000000000000000080",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    CAPTURE(point);
    const auto key = from_digits<PublicKey>(point);
    Signature signature;
    std::ranges::copy(key.bytes, signature.bytes.begin());
    CHECK(!verify_signature(key, as_bytes("any message"), signature));
    signature = {};
    signature.bytes[0] = 1;  // R is the neutral element, S is 0
    CHECK(!verify_signature(key, as_bytes("any message"), signature));
  }
}

TEST_CASE("a key is grown from 32 bytes only, and moves") {
  for (const std::size_t size : {0u, 31u, 33u, 64u}) {
    const auto key = SigningKey::from_seed(Bytes(size));
    CHECK(!key.ok());
  }
  tests::SeededRandom random(3);
  SigningKey first = SigningKey::generate(random);
  SigningKey second = SigningKey::generate(random);
  CHECK(first.public_key() != second.public_key());
  const PublicKey name = first.public_key();
  SigningKey moved = std::move(first);
  CHECK(moved.public_key() == name);
  CHECK(verify_signature(name, as_bytes("a"), moved.sign(as_bytes("a"))));
  CHECK(!verify_signature(second.public_key(), as_bytes("a"), moved.sign(as_bytes("a"))));
}

}  // namespace kuangxun
