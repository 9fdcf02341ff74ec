#pragma once

#include <cstdint>
#include <memory>

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

}  // namespace kuangxun
