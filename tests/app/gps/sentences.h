#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/gps/nmea_parser.h"

namespace kuangxun::gps::tests {

// "GPGGA,…" as a receiver prints it: with "$", checksum and line end.
inline std::string printed(std::string_view sentence) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  unsigned sum = 0;
  for (const char c : sentence) sum ^= static_cast<unsigned char>(c);
  return "$" + std::string(sentence) + "*" + digits[sum >> 4] + digits[sum & 15] + "\r\n";
}

inline std::string printed(std::initializer_list<std::string_view> sentences) {
  std::string text;
  for (const std::string_view sentence : sentences) text += printed(sentence);
  return text;
}

// Everything a receiver printed, to the end.
inline std::vector<Fix> fixes_of(std::string_view text, const ParserOptions& options = {}) {
  NmeaParser parser(options);
  std::vector<Fix> fixes;
  parser.feed(as_bytes(text), fixes);
  parser.end_moment(fixes);
  return fixes;
}

}  // namespace kuangxun::gps::tests
