#include "app/gps/fix_stream.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kuangxun::gps {
namespace {

// A receiver sends a moment's sentences in one burst; after so long a pause the burst is over and the fix need not wait
// for the next second to begin.
constexpr std::int64_t burst_pause_ms = 300;

}  // namespace

FixStream::FixStream(std::unique_ptr<ByteSource> source, Clock& clock, const ParserOptions& options)
    : source_(std::move(source)), clock_(clock), parser_(options), heard_steady_ms_(clock.steady_ms()) {
  assert(source_);
}

std::optional<Fix> FixStream::next(std::int64_t wait_ms_max) {
  const std::int64_t deadline_ms = clock_.steady_ms() + wait_ms_max;
  while (fixes_.empty() && !ended_) {
    const std::int64_t left_ms = deadline_ms - clock_.steady_ms();
    read_once(std::clamp<std::int64_t>(left_ms, 0, burst_pause_ms));
    if (left_ms <= 0) break;
  }
  if (fixes_.empty()) return std::nullopt;
  Fix fix = std::move(fixes_.front());
  fixes_.pop_front();
  return fix;
}

void FixStream::read_once(std::int64_t wait_ms_max) {
  std::vector<Fix> fixes;
  const auto reading = source_->read(buffer_, wait_ms_max);
  if (!reading.ok()) {
    // What was gathered may be cut short: it is not given out.
    ended_ = true;
    error_ = reading.error();
    return;
  }
  if (reading->count > 0) {
    const std::int64_t heard_before_ms = std::exchange(heard_steady_ms_, clock_.steady_ms());
    parser_.feed(ByteView(buffer_.data(), reading->count), fixes);
    // A moment that this read ended was heard by the read before.
    for (Fix& fix : fixes) fix.received_steady_ms = heard_before_ms;
    if (fixes.size() > 1) {
      for (std::size_t i = 1; i < fixes.size(); ++i) fixes[i].received_steady_ms = heard_steady_ms_;
    }
  }
  const std::size_t finished = fixes.size();
  if (reading->ended || silent_ms() >= burst_pause_ms) parser_.end_moment(fixes);
  for (std::size_t i = finished; i < fixes.size(); ++i) fixes[i].received_steady_ms = heard_steady_ms_;
  ended_ = reading->ended;
  queue(fixes);
}

void FixStream::queue(std::vector<Fix>& fixes) {
  for (Fix& fix : fixes) fixes_.push_back(std::move(fix));
}

}  // namespace kuangxun::gps
