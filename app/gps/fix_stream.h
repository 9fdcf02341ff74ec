#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "app/gps/byte_source.h"
#include "app/gps/nmea_parser.h"
#include "db/base/clock.h"

namespace kuangxun::gps {

// A source's fixes, one after the other. Owned and called by one worker thread, which asks again and again; it hands
// what it gets to the window by its own mailbox.
class FixStream {
 public:
  // `clock` outlives the stream.
  FixStream(std::unique_ptr<ByteSource> source, Clock& clock, const ParserOptions& options = {});

  // The next fix, waiting at most about `wait_ms_max` for it. Nothing when none came in that time: ask again unless
  // ended(). Each fix comes once.
  std::optional<Fix> next(std::int64_t wait_ms_max = 100);
  // Nothing more will come; then error() says whether the source failed or just ended.
  bool ended() const { return ended_ && fixes_.empty(); }
  const std::optional<Error>& error() const { return error_; }

  const ReceiverState& state() const { return parser_.state(); }
  const NmeaScanner::Counts& counts() const { return parser_.counts(); }
  // How long the receiver has said nothing at all.
  std::int64_t silent_ms() const { return clock_.steady_ms() - heard_steady_ms_; }

 private:
  void read_once(std::int64_t wait_ms_max);
  void queue(std::vector<Fix>& fixes);

  std::unique_ptr<ByteSource> source_;
  Clock& clock_;
  NmeaParser parser_;
  std::array<std::uint8_t, 4096> buffer_{};
  std::deque<Fix> fixes_;  // at most those of one read
  std::int64_t heard_steady_ms_;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace kuangxun::gps
