#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "db/base/bytes.h"
#include "db/base/limits.h"

namespace kuangxun::gps {

// Finds sentences ("$" … "*" and two digits that are its checksum) in a stream of bytes cut anywhere: sentences split
// over reads, joined without a line end, broken off by the next "$", and binary noise between them. Holds at most one
// line. A sentence without a checksum is none: nothing else tells a measurement from noise.
class NmeaScanner {
 public:
  struct Counts {
    std::int64_t sentences = 0;
    std::int64_t bad_checksums = 0;
    // Started with "$" and never reached a checksum (cut, too long, or noise).
    std::int64_t broken = 0;
    bool operator==(const Counts&) const = default;
    bool is_anything() const { return sentences + bad_checksums + broken > 0; }
  };
  // The sentence between "$" and "*", valid during the call only.
  using Take = std::function<void(std::string_view)>;

  void feed(ByteView bytes, const Take& take);
  const Counts& counts() const { return counts_; }

 private:
  // As many bytes of a sentence as stand together and fit; how many.
  std::size_t take_run(ByteView bytes);
  void take_byte(char byte, const Take& take);
  void finish(const Take& take);
  void break_off();

  std::array<char, limits::nmea_line_bytes_max> line_{};
  std::size_t length_ = 0;
  bool inside_ = false;
  // Where "*" stands in line_, or 0 while there is none (a sentence has at least an address before it).
  std::size_t star_ = 0;
  int sum_ = 0;  // of what stands before it
  Counts counts_;
};

}  // namespace kuangxun::gps
