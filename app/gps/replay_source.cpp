#include "app/gps/replay_source.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>
#include <variant>

#include "app/gps/epoch_time.h"
#include "app/gps/nmea_report.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::gps {
namespace {

// Longer silence in a recording (a lunch break) is not replayed.
constexpr std::int32_t pause_ms_max = 5000;

void sleep_ms(std::int64_t ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

bool is_comment(std::string_view line) {
  if (!line.starts_with('#')) return false;
  return std::none_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f;
  });
}

std::optional<std::int32_t> time_of_line(std::string_view line) {
  const std::size_t dollar = line.rfind('$');
  if (dollar == std::string_view::npos) return std::nullopt;
  const std::string_view sentence = line.substr(dollar + 1);
  const auto report = read_report(sentence.substr(0, sentence.find('*')));
  const auto* position = report ? std::get_if<PositionReport>(&*report) : nullptr;
  return position ? position->time_of_day_ms : std::nullopt;
}

Error unreadable(const std::filesystem::path& path) {
  return Error(ErrorCode::unavailable,
               phrase("cannot read the receiver recording {0}; check the file and its permissions", {path.string()}));
}

}  // namespace

Result<std::unique_ptr<ReplaySource>> ReplaySource::open(const std::filesystem::path& path, Clock& clock,
                                                         const ReplayOptions& options, Wait wait) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error(ErrorCode::not_found,
                 phrase("the receiver recording {0} does not exist; check the path", {path.string()}));
  }
  if (std::filesystem::is_directory(path, ignored)) return unreadable(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return unreadable(path);
  return std::unique_ptr<ReplaySource>(
      new ReplaySource(path, std::move(file), clock, options, wait ? std::move(wait) : Wait(sleep_ms)));
}

ReplaySource::ReplaySource(std::filesystem::path path, std::ifstream file, Clock& clock, const ReplayOptions& options,
                           Wait wait)
    : path_(std::move(path)),
      file_(std::move(file)),
      clock_(clock),
      options_(options),
      wait_(std::move(wait)),
      started_steady_ms_(clock.steady_ms()) {}

bool ReplaySource::next_piece() {
  while (true) {
    piece_.clear();
    piece_sent_ = 0;
    const bool at_line_start = line_started_;
    for (int c = file_.get(); c != std::ifstream::traits_type::eof(); c = file_.get()) {
      piece_ += static_cast<char>(c);
      if (c == '\n' || piece_.size() == limits::nmea_line_bytes_max) break;
    }
    if (piece_.empty()) return false;
    line_started_ = piece_.back() == '\n';
    if (!at_line_start || !is_comment(piece_)) return true;
  }
}

void ReplaySource::schedule_piece() {
  if (options_.speed <= 0) return;
  const auto time = time_of_line(piece_);
  if (!time) return;
  if (last_time_of_day_ms_) {
    recorded_ms_ += std::clamp(time_of_day_step_ms(*last_time_of_day_ms_, *time), 0, pause_ms_max);
  } else {
    started_steady_ms_ = clock_.steady_ms();
  }
  last_time_of_day_ms_ = time;
}

Result<ByteSource::Reading> ReplaySource::read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) {
  Reading reading;
  const std::int64_t deadline_ms = clock_.steady_ms() + wait_ms_max;
  while (reading.count < into.size()) {
    if (piece_sent_ == piece_.size()) {
      if (!next_piece()) {
        if (file_.bad()) return unreadable(path_);
        reading.ended = true;
        break;
      }
      schedule_piece();
    }
    const auto due_ms = options_.speed > 0
                            ? started_steady_ms_ + static_cast<std::int64_t>(recorded_ms_ / options_.speed)
                            : clock_.steady_ms();
    const std::int64_t now_ms = clock_.steady_ms();
    if (due_ms > now_ms) {
      if (reading.count > 0 || now_ms >= deadline_ms) break;
      wait_(std::min(due_ms, deadline_ms) - now_ms);
      continue;
    }
    const std::size_t count = std::min(into.size() - reading.count, piece_.size() - piece_sent_);
    std::memcpy(into.data() + reading.count, piece_.data() + piece_sent_, count);
    piece_sent_ += count;
    reading.count += count;
  }
  return reading;
}

}  // namespace kuangxun::gps
