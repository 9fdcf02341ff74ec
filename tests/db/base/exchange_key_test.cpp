#include "db/base/exchange_key.h"

#include <doctest/doctest.h>

#include "tests/support/seeded_random.h"

namespace kuangxun {

TEST_CASE("both halves of a signing key give the two halves of one exchange key") {
  tests::SeededRandom random(3);
  for (int round = 0; round < 50; ++round) {
    const SigningKey key = SigningKey::generate(random);
    const auto secret = ExchangeSecret::of(key);
    REQUIRE(secret.ok());
    const auto known = exchange_key_of(key.public_key());
    REQUIRE(known.ok());
    CHECK(*known == secret->public_key());
    CHECK(*known != key.public_key());
  }
}

TEST_CASE("what is no key of the main group is refused") {
  CHECK(!exchange_key_of(PublicKey{}).ok());
  PublicKey identity;
  identity.bytes[0] = 1;
  CHECK(!exchange_key_of(identity).ok());
}

}  // namespace kuangxun
