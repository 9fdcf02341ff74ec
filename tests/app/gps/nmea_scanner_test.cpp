#include "app/gps/nmea_scanner.h"

#include <doctest/doctest.h>

#include <cctype>
#include <cstdio>
#include <string>
#include <vector>

#include "db/base/limits.h"
#include "tests/app/gps/sentences.h"
#include "tests/support/seeded_random.h"

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

// The slow way: looks at the whole text from every "$".
Sentences scan_slowly(const std::string& text) {
  Sentences sentences;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (text[begin] != '$') continue;
    std::string line;
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
      if (text[at] < ' ' || text[at] > '~' || text[at] == '$' || line.size() == limits::nmea_line_bytes_max) break;
      line += text[at];
      const std::size_t star = line.find('*', 1);
      if (star == std::string::npos || line.size() != star + 3) continue;
      int sum = 0;
      for (std::size_t i = 0; i < star; ++i) sum ^= static_cast<unsigned char>(line[i]);
      char expected[4];
      std::snprintf(expected, sizeof expected, "%02X", sum);
      std::string said = line.substr(star + 1);
      for (char& c : said) c = static_cast<char>(std::toupper(c));
      if (said == expected) sentences.push_back(line.substr(0, star));
      break;
    }
  }
  return sentences;
}

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

TEST_CASE("sentences in random noise, however it is cut, are those that the slow way finds") {
  kuangxun::tests::SeededRandom random(183);
  std::size_t found = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (std::uint64_t piece = 0; piece < 12; ++piece) {
      const std::string line = printed("GP" + std::to_string(random.below(1000)));
      switch (random.below(5)) {
        case 0:
          text += line.substr(0, random.below(line.size() + 1));
          break;
        case 1:
          text += std::string(random.below(1'100), static_cast<char>('A' + random.below(20)));
          break;
        case 2:
          text += "$**$"[random.below(4)];
          break;
        case 3:
          for (std::uint64_t i = 0; i < 5; ++i) text += static_cast<char>(random.below(256));
          break;
        default:
          text += line;
      }
    }
    const Sentences expected = scan_slowly(text);
    found += expected.size();
    CHECK(scan(text, 1 + random.below(64)).sentences == expected);
    CHECK(scan(text).sentences == expected);
  }
  CHECK(found > 3'000);
}
