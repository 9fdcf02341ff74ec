#include "sync/wire/county_keys.h"

#include <doctest/doctest.h>

#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::wire;

namespace {

// A county that changes its key now and then.
struct County {
  tests::SeededRandom random{11};
  Uuid id{{5}};
  std::vector<SigningKey> keys;
  std::vector<Bytes> sealed;

  void add_key(std::uint32_t first_epoch, bool is_lost = false) {
    SigningKey key = SigningKey::generate(random);
    KeyStatement statement;
    statement.county = id;
    statement.first_epoch = first_epoch;
    statement.key = key.public_key();
    if (!sealed.empty()) statement.previous = sha256(sealed.back());
    statement.is_replacement = is_lost;
    const SigningKey* previous = keys.empty() || is_lost ? nullptr : &keys.back();
    sealed.push_back(seal_key_statement(statement, key, previous));
    keys.push_back(std::move(key));
  }
  // What a laptop knows that met the county when it had `count` keys.
  frames::KnownCounty known(std::size_t count) const {
    const auto statements =
        open_key_statements({sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(count)}, {});
    return statements.ok() ? known_county(*statements) : frames::KnownCounty{};
  }
};

}  // namespace

TEST_CASE("a laptop that was away while the county changed its key three times believes the newest") {
  County county;
  for (const std::uint32_t epoch : {1, 4, 5, 9}) county.add_key(epoch);
  const frames::KnownCounty before = county.known(1);
  const auto statements = open_key_statements(county.sealed, before);
  REQUIRE(statements.ok());
  const frames::KnownCounty after = known_county(*statements);
  CHECK(after.county == county.id);
  CHECK(after.key_of(1) == county.keys[0].public_key());
  CHECK(after.key_of(3) == county.keys[0].public_key());
  CHECK(after.key_of(4) == county.keys[1].public_key());
  CHECK(after.key_of(8) == county.keys[2].public_key());
  CHECK(after.key_of(100) == county.keys[3].public_key());
  CHECK(!after.key_of(0).has_value());
}

TEST_CASE("a key that the one before did not sign for is refused by a laptop that knows the county, with what to do") {
  County county;
  county.add_key(1);
  county.add_key(2, true);
  const auto refused = open_key_statements(county.sealed, county.known(1));
  REQUIRE(!refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  CHECK(refused.error().message().find("注册码") != std::string::npos);
  // A laptop that enrols now, with a code of the new key, takes the chain as it is.
  CHECK(open_key_statements(county.sealed, {}).ok());
  // And one that has enrolled anew goes on believing.
  county.add_key(3);
  CHECK(open_key_statements(county.sealed, county.known(2)).ok());
}

TEST_CASE("statements of another county, in another order, with one missing or changed are refused") {
  County county;
  for (const std::uint32_t epoch : {1, 2, 3}) county.add_key(epoch);
  const auto known = county.known(1);
  const auto is_refused = [&](std::vector<Bytes> sealed) { return !open_key_statements(sealed, known).ok(); };
  CHECK(!is_refused(county.sealed));
  CHECK(is_refused({}));
  CHECK(is_refused({county.sealed[1], county.sealed[2]}));
  CHECK(is_refused({county.sealed[0], county.sealed[2]}));
  CHECK(is_refused({county.sealed[1], county.sealed[0], county.sealed[2]}));
  County stranger;
  stranger.random = tests::SeededRandom(12);
  stranger.add_key(1);
  CHECK(is_refused(stranger.sealed));
  CHECK(!open_key_statements({county.sealed.begin(), county.sealed.begin() + 1}, county.known(2)).ok());
  for (std::size_t i = 0; i < county.sealed.size(); ++i) {
    for (std::size_t bit = 0; bit < county.sealed[i].size() * 8; ++bit) {
      auto changed = county.sealed;
      changed[i][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      if (!is_refused(changed)) FAIL("statement " << i << " bit " << bit);
    }
    for (std::size_t size = 0; size < county.sealed[i].size(); ++size) {
      auto shorter = county.sealed;
      shorter[i].resize(size);
      if (!is_refused(shorter)) FAIL("statement " << i << " size " << size);
    }
  }
}
