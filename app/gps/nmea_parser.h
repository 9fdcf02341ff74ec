#pragma once

#include <vector>

#include "app/gps/epoch.h"
#include "app/gps/nmea_scanner.h"
#include "db/base/bytes.h"

namespace kuangxun::gps {

// NMEA 0183 bytes in, fixes out. Pure: no clock, no device; the same bytes give the same fixes however they are cut.
// Memory does not grow with what is fed. Used by one thread.
class NmeaParser {
 public:
  explicit NmeaParser(const ParserOptions& options = {}) : epochs_(options) {}

  // Appends the fixes of the moments that these bytes ended.
  void feed(ByteView bytes, std::vector<Fix>& fixes);
  // The source paused or ended: appends the fix of the moment that was being gathered, if it has one.
  void end_moment(std::vector<Fix>& fixes) { epochs_.end_moment(fixes); }
  bool moment_open() const { return epochs_.moment_open(); }

  const NmeaScanner::Counts& counts() const { return scanner_.counts(); }
  const ReceiverState& state() const { return epochs_.state(); }

 private:
  NmeaScanner scanner_;
  EpochBuilder epochs_;
};

}  // namespace kuangxun::gps
