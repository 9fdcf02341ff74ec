#include "app/photos/exif.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

#include "tests/support/jpeg_with_exif.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::tests {

TEST_CASE("what a camera wrote is read: time, zone, position") {
  const Bytes picture = jpeg_with_exif({"2026:09:24 10:11:12", "+06:00", {43, 13, 1234}, {81, 49, 5999}});
  const photos::Exif exif = photos::read_exif(picture);
  CHECK(exif.taken_local == "2026-09-24T10:11:12");
  CHECK(exif.offset_min == 360);
  REQUIRE(exif.position.has_value());
  CHECK(exif.position->latitude_nanodegrees == 43'220'094'444);
  CHECK(exif.position->longitude_nanodegrees == 81'833'330'556);
  CHECK_FALSE(exif.position->accuracy_mm.has_value());
}

TEST_CASE("how a picture lies is read; what is none of the eight is upright") {
  const auto lies = [](std::uint16_t orientation) {
    PictureFacts facts{"2026:09:24 10:11:12", "+08:00", {43, 13, 1234}, {81, 49, 5999}};
    facts.orientation = orientation;
    const photos::Exif exif = photos::read_exif(jpeg_with_exif(facts));
    CHECK(exif.position.has_value());
    return exif.orientation;
  };
  CHECK(lies(0) == 1);
  CHECK(lies(6) == 6);
  CHECK(lies(8) == 8);
  CHECK(lies(9) == 1);
  CHECK(photos::read_exif({}).orientation == 1);
}

TEST_CASE("what is missing or cannot be is absent") {
  CHECK(photos::read_exif({}).taken_local.empty());
  CHECK(photos::read_exif(as_bytes("no picture at all")).taken_local.empty());
  const auto with = [](PictureFacts facts) { return photos::read_exif(jpeg_with_exif(facts)); };
  CHECK(with({"2026:13:45 10:11:12", ""}).taken_local.empty());
  CHECK(with({"0000:00:00 00:00:00", ""}).taken_local.empty());
  CHECK(with({"    :  :     :  :  ", ""}).taken_local.empty());
  CHECK_FALSE(with({"2026:09:24 10:11:12", "8"}).offset_min.has_value());
  CHECK_FALSE(with({"2026:09:24 10:11:12", ""}).position.has_value());
  CHECK_FALSE(with({"", "", {99, 13, 1234}, {81, 49, 0}}).position.has_value());
  CHECK_FALSE(with({"", "", {43, 61, 1234}, {81, 49, 0}}).position.has_value());
  // What phones write that had no fix.
  CHECK_FALSE(with({"", "", {0, 0, 0}, {0, 0, 0}}).position.has_value());
}

TEST_CASE("damaged pictures give what they give, and nothing beyond the globe") {
  const Bytes sound = jpeg_with_exif({"2026:09:24 10:11:12", "+08:00", {43, 13, 1234}, {81, 49, 5999}});
  SeededRandom random(5);
  for (int round = 0; round < 20'000; ++round) {
    Bytes damaged = sound;
    std::array<std::uint8_t, 4> chance{};
    random.fill(chance);
    damaged[chance[0] % damaged.size()] = chance[1];
    damaged[(chance[2] * 2U) % damaged.size()] ^= chance[3];
    const photos::Exif exif = photos::read_exif(damaged);
    if (!exif.position) continue;
    REQUIRE(std::abs(exif.position->latitude_nanodegrees) <= 90'000'000'000);
    REQUIRE(std::abs(exif.position->longitude_nanodegrees) <= 180'000'000'000);
  }
}

}  // namespace kuangxun::tests
