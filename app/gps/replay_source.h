#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gps/byte_source.h"
#include "db/base/clock.h"

namespace kuangxun::gps {

struct ReplayOptions {
  // 1 as it was recorded, 10 ten times as fast, 0 as fast as it can be read. The pace follows the times that the
  // sentences say; what has no time comes with the sentence before it.
  double speed = 0;
};

// A recording of what a receiver printed, played again. Lines of printable text that begin with "#" are the recorder's
// comments and are left out. Reads as it goes: a day's recording costs no memory. Used by one thread.
class ReplaySource final : public ByteSource {
 public:
  // Waits that long, so that a test can crank its clock instead of sleeping.
  using Wait = std::function<void(std::int64_t ms)>;

  // `clock` outlives the source. not_found, or unavailable when it is no readable file.
  static Result<std::unique_ptr<ReplaySource>> open(const std::filesystem::path& path, Clock& clock,
                                                    const ReplayOptions& options, Wait wait = {});

  Result<Reading> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override;

 private:
  ReplaySource(std::filesystem::path path, std::ifstream file, Clock& clock, const ReplayOptions& options, Wait wait);
  // Reads the next line (or so much of it as the limit allows) into piece_; false at the end.
  bool next_piece();
  void schedule_piece();

  std::filesystem::path path_;
  std::ifstream file_;
  Clock& clock_;
  ReplayOptions options_;
  Wait wait_;
  std::string piece_;
  std::size_t piece_sent_ = 0;
  bool line_started_ = true;
  std::optional<std::int32_t> last_time_of_day_ms_;
  double recorded_ms_ = 0;  // of piece_, since the first sentence with a time
  std::int64_t started_steady_ms_ = 0;
};

}  // namespace kuangxun::gps
