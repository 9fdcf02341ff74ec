#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "app/gps/nmea_parser.h"
#include "db/base/files.h"
#include "tests/app/gps/sentences.h"
#include "tests/support/seeded_random.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::tests::SeededRandom;

namespace {

const std::filesystem::path receivers = std::filesystem::path(source_folder()) / "../shared/receivers";

// Another seed is tried with KUANGXUN_SEED=…
std::uint64_t seed() {
  const char* text = std::getenv("KUANGXUN_SEED");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 20260501;
}

void check_possible(const std::vector<Fix>& fixes) {
  for (const Fix& fix : fixes) {
    REQUIRE(std::abs(fix.latitude_nanodegrees) <= 90'000'000'000);
    REQUIRE(std::abs(fix.longitude_nanodegrees) <= 180'000'000'000);
    REQUIRE(fix.mode != FixMode::none);
    REQUIRE((!fix.accuracy_mm || *fix.accuracy_mm > 0));
    REQUIRE((!fix.time_of_day_ms || (*fix.time_of_day_ms >= 0 && *fix.time_of_day_ms < 86'401'000)));
  }
}

// Fed in pieces of random length, as a line gives them.
std::vector<Fix> feed_in_pieces(ByteView bytes, SeededRandom& random) {
  NmeaParser parser;
  std::vector<Fix> fixes;
  while (!bytes.empty()) {
    const std::size_t count = std::min<std::size_t>(bytes.size(), 1 + random.below(200));
    parser.feed(bytes.first(count), fixes);
    bytes = bytes.subspan(count);
  }
  parser.end_moment(fixes);
  return fixes;
}

std::string key(const Fix& fix) {
  return std::to_string(fix.time_of_day_ms.value_or(-1)) + " " + std::to_string(fix.latitude_nanodegrees) + " " +
         std::to_string(fix.longitude_nanodegrees) + " " + std::to_string(fix.utc_ms.value_or(-1)) + " " +
         std::to_string(fix.orthometric_height_mm.value_or(-1)) + " " + std::to_string(fix.accuracy_mm.value_or(-1));
}

}  // namespace

TEST_CASE("random bytes give no fix and break nothing") {
  MESSAGE("seed ", seed());
  SeededRandom random(seed());
  for (int round = 0; round < 200; ++round) {
    Bytes bytes(random.below(20'000));
    random.fill(bytes);
    CHECK(feed_in_pieces(bytes, random).empty());
  }
}

TEST_CASE("sentences of random fields under a right checksum are read or refused, never trusted beyond the globe") {
  MESSAGE("seed ", seed());
  SeededRandom random(seed());
  constexpr std::string_view alphabet = "0123456789012345678901234567890123456789..,,,,,,-+NSEWAVMTK* ";
  constexpr std::string_view names[] = {"GGA", "RMC", "GLL", "GSA", "GSV", "GST", "VTG", "ZDA", "HDT", "GNS"};
  std::string text;
  for (int round = 0; round < 100'000; ++round) {
    std::string sentence = "GP" + std::string(names[random.below(10)]) + ",";
    const std::size_t length = random.below(90);
    for (std::size_t i = 0; i < length; ++i) {
      const char c = alphabet[random.below(alphabet.size())];
      if (c != '*') sentence += c;
    }
    text += kuangxun::gps::tests::printed(sentence);
  }
  check_possible(feed_in_pieces(as_bytes(text), random));
}

TEST_CASE("recordings with flipped bits and lost or doubled bytes: nothing breaks, nothing moves off the globe") {
  if (!std::filesystem::exists(receivers)) {
    MESSAGE("SKIPPED: no recordings at ", receivers.string());
    return;
  }
  MESSAGE("seed ", seed());
  SeededRandom random(seed());
  std::size_t whole = 0, damaged = 0;
  for (const auto& entry : std::filesystem::directory_iterator(receivers)) {
    if (entry.path().extension() != ".log") continue;
    const auto bytes = read_file(entry.path(), 10 << 20);
    REQUIRE(bytes.ok());
    // However it is cut, a recording gives the same fixes.
    const auto fixes = feed_in_pieces(*bytes, random);
    const auto again = feed_in_pieces(*bytes, random);
    REQUIRE(fixes.size() == again.size());
    for (std::size_t i = 0; i < fixes.size(); ++i) REQUIRE(key(fixes[i]) == key(again[i]));
    whole += fixes.size();
    Bytes noisy;
    for (const std::uint8_t byte : *bytes) {
      if (random.below(300) == 0) continue;
      noisy.push_back(random.below(300) == 0 ? static_cast<std::uint8_t>(byte ^ (1 << random.below(8))) : byte);
      if (random.below(300) == 0) noisy.push_back(byte);
    }
    const auto from_noise = feed_in_pieces(noisy, random);
    check_possible(from_noise);
    damaged += from_noise.size();
  }
  MESSAGE(whole, " fixes whole, ", damaged, " with one byte in a hundred damaged");
  CHECK(whole > 800);
  CHECK(damaged > whole / 10);
  CHECK(damaged < whole);
}
