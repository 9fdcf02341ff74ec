#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "db/base/result.h"

namespace kuangxun {

// Long work that goes on beside people, such as a sync or an import: whoever does it says how far it is and looks
// whether it is to stop, whoever started it watches and may stop it. A handle: copies stand for the same work. Any
// thread.
class Running {
 public:
  // A total of 0 is not known.
  struct Progress {
    std::uint64_t records = 0;
    std::uint64_t records_total = 0;
    std::uint64_t bytes_sent = 0;
    std::uint64_t bytes_received = 0;
    bool operator==(const Progress&) const = default;
  };

  Running();

  // It ends at the next place where everything is whole, and says that it was stopped.
  void stop() const;
  bool is_stopped() const;
  // refused once it was stopped.
  Status check() const;
  // Sleeps, but not beyond a stop.
  void wait_ms(int duration_ms) const;

  void note_records(std::uint64_t records, std::uint64_t records_total = 0) const;
  void add_bytes(std::uint64_t sent, std::uint64_t received) const;
  Progress progress() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// One lock for all: it is asked a few times a second, never for each byte.
struct Running::State {
  std::mutex mutex;
  std::condition_variable stopped;
  // Protected by mutex.
  bool is_stopped = false;
  Progress progress;
};

inline Running::Running() : state_(std::make_shared<State>()) {}

inline void Running::stop() const {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
  }
  state_->stopped.notify_all();
}

inline bool Running::is_stopped() const {
  const std::lock_guard lock(state_->mutex);
  return state_->is_stopped;
}

inline Status Running::check() const {
  if (!is_stopped()) return {};
  return Error(ErrorCode::refused, phrase("stopped; what was done until then is saved"));
}

inline void Running::wait_ms(int duration_ms) const {
  std::unique_lock lock(state_->mutex);
  state_->stopped.wait_for(lock, std::chrono::milliseconds(duration_ms), [this] { return state_->is_stopped; });
}

inline void Running::note_records(std::uint64_t records, std::uint64_t records_total) const {
  const std::lock_guard lock(state_->mutex);
  state_->progress.records = records;
  state_->progress.records_total = records_total;
}

inline void Running::add_bytes(std::uint64_t sent, std::uint64_t received) const {
  const std::lock_guard lock(state_->mutex);
  state_->progress.bytes_sent += sent;
  state_->progress.bytes_received += received;
}

inline Running::Progress Running::progress() const {
  const std::lock_guard lock(state_->mutex);
  return state_->progress;
}

}  // namespace kuangxun
