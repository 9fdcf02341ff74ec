#include "app/gps/nmea_scanner.h"

#include <algorithm>
#include <cstring>

// Recordings of a day have tens of megabytes, of which most bytes lie inside sentences: they are taken eight at a time,
// and one by one only where something begins, ends or is odd.
namespace kuangxun::gps {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_printable(char c) {
  return c >= ' ' && c <= '~';
}

// What a sentence consists of before its checksum.
bool is_plain(char c) {
  return is_printable(c) && c != '$' && c != '*';
}

// The same byte eight times.
constexpr std::uint64_t eight(std::uint8_t byte) {
  return 0x0101010101010101U * byte;
}

// Whether one of eight bytes, all below 128, is below `least` (at most 128).
constexpr bool has_below(std::uint64_t bytes, std::uint8_t least) {
  return ((bytes - eight(least)) & ~bytes & eight(0x80)) != 0;
}

// is_plain() of eight bytes at once.
constexpr bool are_plain(std::uint64_t bytes) {
  return (bytes & eight(0x80)) == 0 && !has_below(bytes, ' ') && !has_below(bytes ^ eight(0x7f), 1) &&
         !has_below(bytes ^ eight('$'), 1) && !has_below(bytes ^ eight('*'), 1);
}

// All eight bytes in one checksum.
constexpr std::uint8_t sum_of(std::uint64_t bytes) {
  bytes ^= bytes >> 32;
  bytes ^= bytes >> 16;
  bytes ^= bytes >> 8;
  return static_cast<std::uint8_t>(bytes);
}

}  // namespace

void NmeaScanner::feed(ByteView bytes, const Take& take) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (!inside_) {
      const void* begin = std::memchr(bytes.data() + at, '$', bytes.size() - at);
      if (begin == nullptr) return;
      at = static_cast<std::size_t>(static_cast<const std::uint8_t*>(begin) - bytes.data());
    } else if (star_ == 0) {
      at += take_run(bytes.subspan(at));
      if (at == bytes.size()) return;
    }
    take_byte(static_cast<char>(bytes[at++]), take);
  }
}

std::size_t NmeaScanner::take_run(ByteView bytes) {
  const std::size_t most = std::min(bytes.size(), line_.size() - length_);
  std::size_t count = 0;
  std::uint64_t sums = 0;
  for (std::uint64_t group = 0; count + sizeof group <= most; count += sizeof group) {
    std::memcpy(&group, bytes.data() + count, sizeof group);
    if (!are_plain(group)) break;
    sums ^= group;
  }
  int sum = sum_ ^ sum_of(sums);
  while (count < most && is_plain(static_cast<char>(bytes[count]))) sum ^= bytes[count++];
  if (count > 0) std::memcpy(line_.data() + length_, bytes.data(), count);
  sum_ = sum;
  length_ += count;
  return count;
}

void NmeaScanner::take_byte(char byte, const Take& take) {
  if (byte == '$') {
    if (inside_) break_off();
    inside_ = true;
    length_ = star_ = 0;
    sum_ = 0;
    return;
  }
  if (!inside_) return;
  if (!is_printable(byte) || length_ == line_.size()) return break_off();
  if (byte == '*' && star_ == 0) star_ = length_;
  if (star_ == 0) sum_ ^= static_cast<unsigned char>(byte);
  line_[length_++] = byte;
  if (star_ != 0 && length_ == star_ + 3) finish(take);
}

void NmeaScanner::finish(const Take& take) {
  inside_ = false;
  const int high = hex_digit(line_[star_ + 1]), low = hex_digit(line_[star_ + 2]);
  if (high < 0 || low < 0 || sum_ != high * 16 + low) {
    ++counts_.bad_checksums;
    return;
  }
  ++counts_.sentences;
  take(std::string_view(line_.data(), star_));
}

void NmeaScanner::break_off() {
  inside_ = false;
  ++counts_.broken;
}

}  // namespace kuangxun::gps
