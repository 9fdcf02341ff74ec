#include "db/base/running.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "db/language/language.h"

namespace kuangxun {

// One lock for all: it is asked a few times a second, never for each byte.
struct Running::State {
  std::mutex mutex;
  std::condition_variable stopped;
  // Protected by mutex.
  bool is_stopped = false;
  Progress progress;
};

Running::Running() : state_(std::make_shared<State>()) {}

void Running::stop() const {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
  }
  state_->stopped.notify_all();
}

bool Running::is_stopped() const {
  const std::lock_guard lock(state_->mutex);
  return state_->is_stopped;
}

Status Running::check() const {
  if (!is_stopped()) return {};
  return Error(ErrorCode::refused, phrase("stopped; what was done until then is saved"));
}

void Running::wait_ms(int duration_ms) const {
  std::unique_lock lock(state_->mutex);
  state_->stopped.wait_for(lock, std::chrono::milliseconds(duration_ms), [this] { return state_->is_stopped; });
}

void Running::note_records(std::uint64_t records, std::uint64_t records_total) const {
  const std::lock_guard lock(state_->mutex);
  state_->progress.records = records;
  state_->progress.records_total = records_total;
}

void Running::add_bytes(std::uint64_t sent, std::uint64_t received) const {
  const std::lock_guard lock(state_->mutex);
  state_->progress.bytes_sent += sent;
  state_->progress.bytes_received += received;
}

Running::Progress Running::progress() const {
  const std::lock_guard lock(state_->mutex);
  return state_->progress;
}

}  // namespace kuangxun
