#include "app/gps/nmea_scanner.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/app/gps/sentences.h"

using namespace kuangxun;
using namespace kuangxun::gps;
using kuangxun::gps::tests::printed;

namespace {

struct Scanned {
  std::vector<std::string> sentences;
  NmeaScanner::Counts counts;
};

Scanned scan(std::string_view text, std::size_t bytes_a_read = 10'000) {
  NmeaScanner scanner;
  Scanned scanned;
  for (std::size_t at = 0; at < text.size(); at += bytes_a_read) {
    scanner.feed(as_bytes(text.substr(at, bytes_a_read)),
                 [&](std::string_view sentence) { scanned.sentences.emplace_back(sentence); });
  }
  scanned.counts = scanner.counts();
  return scanned;
}

using Sentences = std::vector<std::string>;

}  // namespace

TEST_CASE("sentences are found however the bytes are cut") {
  const std::string text = printed({"GPHDT,1.0,T", "GPHDT,2.0,T", "GPHDT,3.0,T"});
  for (std::size_t bytes = 1; bytes < 40; ++bytes) {
    CHECK(scan(text, bytes).sentences == Sentences{"GPHDT,1.0,T", "GPHDT,2.0,T", "GPHDT,3.0,T"});
  }
}

TEST_CASE("joined without a line end, in the middle of noise, or with small letters: still a sentence") {
  const std::string one = printed("GPHDT,1.0,T").substr(0, printed("GPHDT,1.0,T").size() - 2);
  CHECK(scan(one + one).sentences.size() == 2);
  CHECK(scan(std::string("\xb5\x62\x01\x00\xff*4", 7) + one + "\x80rest").sentences == Sentences{"GPHDT,1.0,T"});
  CHECK(scan("$GPHDT,359.9,T*1f\r\n").counts.bad_checksums + scan("$GPHDT,359.9,T*1f").counts.sentences == 1);
}

TEST_CASE("a sentence broken off by the next is dropped and the next is kept") {
  const auto scanned = scan("$GPGGA,1234" + printed("GPHDT,1.0,T"));
  CHECK(scanned.sentences == Sentences{"GPHDT,1.0,T"});
  CHECK(scanned.counts.broken == 1);
}

TEST_CASE("a wrong, half or missing checksum is no sentence") {
  for (const std::string_view text : {"$GPHDT,1.0,T*00\r\n", "$GPHDT,1.0,T*\r\n", "$GPHDT,1.0,T*3\r\n",
                                      "$GPHDT,1.0,T*GG\r\n", "$GPHDT,1.0,T\r\n", "$*00\r\n", "$", "*00", ""}) {
    CAPTURE(text);
    CHECK(scan(text).sentences.empty());
  }
}

TEST_CASE("a line without an end is given up at the limit, and what follows is read") {
  const auto scanned = scan("$" + std::string(3 * limits::nmea_line_bytes_max, 'A') + printed("GPHDT,1.0,T"));
  CHECK(scanned.sentences == Sentences{"GPHDT,1.0,T"});
  CHECK(scanned.counts.broken == 1);
}
