#include <algorithm>

#include "app/gps/nmea_parser.h"
#include "tests/fuzz/allocation.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/property.h"

// What a receiver sends, or whatever else is plugged in. Input: u16 how long the pieces are that come at once, then the
// bytes. A checksum that is wrong is made right in a second reading, so that the fields behind it are reached.
namespace kuangxun::fuzz {
namespace {

std::vector<gps::Fix> read_in_pieces(ByteView bytes, std::size_t piece) {
  gps::NmeaParser parser;
  std::vector<gps::Fix> fixes;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    parser.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)), fixes);
  }
  parser.end_moment(fixes);
  return fixes;
}

// Writes the true checksum behind each "*".
Bytes with_true_sums(ByteView bytes) {
  static constexpr char digits[] = "0123456789ABCDEF";
  Bytes made(bytes.begin(), bytes.end());
  int sum = 0;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made[i] == '$') {
      sum = 0;
    } else if (made[i] == '*' && i + 2 < made.size()) {
      made[i + 1] = static_cast<std::uint8_t>(digits[sum >> 4]);
      made[i + 2] = static_cast<std::uint8_t>(digits[sum & 15]);
      i += 2;
    } else {
      sum ^= made[i];
    }
  }
  return made;
}

void check(ByteView bytes, std::size_t piece) {
  std::vector<gps::Fix> fixes;
  const std::size_t cost = allocated_by([&] { fixes = read_in_pieces(bytes, bytes.size() + 1); });
  must(cost <= (64U << 10) + bytes.size() * 64, "what is read costs in proportion to what was said");
  must(fixes.size() <= bytes.size() / 10, "a fix needs a sentence");
  for (const gps::Fix& fix : fixes) {
    must(std::abs(fix.latitude_nanodegrees) <= 90'000'000'000, "no fix beyond the poles");
    must(std::abs(fix.longitude_nanodegrees) <= 180'000'000'000, "no fix beyond the globe");
    must(!fix.accuracy_mm || *fix.accuracy_mm >= 0, "no accuracy below nothing");
    must(!fix.time_of_day_ms || (0 <= *fix.time_of_day_ms && *fix.time_of_day_ms <= 86'401'000), "a time of day");
  }
  const auto pieces = read_in_pieces(bytes, piece);
  const auto alike = [](const gps::Fix& a, const gps::Fix& b) {
    return a.utc_ms == b.utc_ms && a.latitude_nanodegrees == b.latitude_nanodegrees &&
           a.longitude_nanodegrees == b.longitude_nanodegrees && a.accuracy_mm == b.accuracy_mm && a.mode == b.mode;
  };
  must(std::ranges::equal(fixes, pieces, alike), "the same bytes give the same fixes however they are cut");
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  fuzz::Input input(data, size);
  const std::size_t piece = 1 + input.number<std::uint16_t>() % 100;
  const ByteView bytes = input.rest();
  fuzz::check(bytes, piece);
  const Bytes summed = fuzz::with_true_sums(bytes);
  if (!std::ranges::equal(summed, bytes)) fuzz::check(summed, piece);
  return 0;
}
