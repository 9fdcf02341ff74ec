#include "db/base/uuid.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"

namespace kuangxun {
namespace {

// Gives the bytes it was told, once.
class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::uint8_t> bytes) override {
    REQUIRE(bytes.size() == bytes_.size());
    std::copy(bytes_.begin(), bytes_.end(), bytes.begin());
  }

 private:
  Bytes bytes_;
};

}  // namespace

// RFC 9562, appendix A.6.
TEST_CASE("the example of the standard for version 7 comes out") {
  tests::ManualClock clock;
  clock.set_wall_ms(0x017f22e279b0);
  ScriptedRandom random(*from_hex("ffffffffffff5cc3d8c4dc0c0c07398f"));
  CHECK(make_uuid(clock, random).text() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST_CASE("ids made one after another sort by their time, bear version 7 and differ") {
  tests::ManualClock clock;
  tests::SeededRandom random(7);
  std::set<Uuid> all;
  Uuid previous;
  for (int i = 0; i < 10'000; ++i) {
    const Uuid id = make_uuid(clock, random);
    CHECK((id.bytes[6] >> 4) == 7);
    CHECK((id.bytes[8] >> 6) == 2);
    CHECK(id > previous);
    all.insert(id);
    previous = id;
    clock.advance_ms(1);
  }
  CHECK(all.size() == 10'000);
}

TEST_CASE("ids that two laptops make in one millisecond differ") {
  tests::ManualClock clock;
  tests::SeededRandom first(1);
  tests::SeededRandom second(2);
  for (int i = 0; i < 100; ++i) {
    const Uuid one = make_uuid(clock, first);
    CHECK(one != make_uuid(clock, second));
    CHECK(one != make_uuid(clock, first));
  }
}

TEST_CASE("a clock before 1970 or far ahead still gives a version 7 id") {
  tests::ManualClock clock;
  tests::SeededRandom random(7);
  for (const std::int64_t wall_ms : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1} << 52}) {
    clock.set_wall_ms(wall_ms);
    const Uuid id = make_uuid(clock, random);
    CHECK((id.bytes[6] >> 4) == 7);
    CHECK((id.bytes[8] >> 6) == 2);
    CHECK(*parse_uuid(id.text()) == id);
  }
}

// The hashes were taken with sha256sum of "kuangxun:NAME"; version and variant are put over them.
TEST_CASE("a name has the same version 8 id for ever") {
  CHECK(fixed_uuid("mining-right/1").text() == "3ec7a786-e9ec-85dc-be41-4e84b5dfe646");
  CHECK(fixed_uuid("").text() == "5b1f5d1d-7f07-8291-91db-3f538b014308");
  CHECK(fixed_uuid("mining-right/1") != fixed_uuid("mining-right/2"));
}

TEST_CASE("ids are read in either case, and only in their one shape") {
  const auto id = parse_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
  REQUIRE(id.ok());
  CHECK(id->text() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  CHECK(Uuid{}.is_nil());
  CHECK(Uuid{}.text() == "00000000-0000-0000-0000-000000000000");
  for (const char* text : {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff", "{017f22e2-79b0-7cc3-98c4-dc0c0c0739}",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2--79b-7cc3-98c4-dc0c0c07398f",
                           "017f22e27-9b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4 dc0c0c07398f",
                           "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f"}) {
    CAPTURE(text);
    const auto bad = parse_uuid(text);
    CHECK(!bad.ok());
    if (!bad.ok()) CHECK(bad.error().code() == ErrorCode::bad_input);
  }
}

TEST_CASE("ids spread over a hash table") {
  tests::ManualClock clock;
  tests::SeededRandom random(11);
  std::set<std::size_t> hashes;
  for (int i = 0; i < 10'000; ++i) hashes.insert(UuidHash{}(make_uuid(clock, random)));
  CHECK(hashes.size() == 10'000);
}

}  // namespace kuangxun
