#include "app/gps/nmea_scanner.h"

namespace kuangxun::gps {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

void NmeaScanner::feed(ByteView bytes, const Take& take) {
  for (const std::uint8_t byte : bytes) take_byte(static_cast<char>(byte), take);
}

void NmeaScanner::take_byte(char byte, const Take& take) {
  if (byte == '$') {
    if (inside_) break_off();
    inside_ = true;
    length_ = star_ = 0;
    return;
  }
  if (!inside_) return;
  const bool printable = byte >= ' ' && byte <= '~';
  if (!printable || length_ == line_.size()) return break_off();
  if (byte == '*' && star_ == 0) star_ = length_;
  line_[length_++] = byte;
  if (star_ != 0 && length_ == star_ + 3) finish(take);
}

void NmeaScanner::finish(const Take& take) {
  inside_ = false;
  const int high = hex_digit(line_[star_ + 1]), low = hex_digit(line_[star_ + 2]);
  int sum = 0;
  for (std::size_t i = 0; i < star_; ++i) sum ^= static_cast<unsigned char>(line_[i]);
  if (high < 0 || low < 0 || sum != high * 16 + low) {
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
