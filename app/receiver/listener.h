#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/gps/evidence_gate.h"
#include "app/gps/fix_stream.h"

namespace kuangxun::receiver {

// Does a job on the owner's thread, soon; may be called from any thread.
using Post = std::function<void(std::function<void()>)>;

struct JudgedFix {
  gps::Fix fix;
  gps::GateVerdict verdict = gps::GateVerdict::warming_up;
};

// What a receiver said since the last look.
struct News {
  std::vector<JudgedFix> fixes;
  gps::ReceiverState state;
  gps::NmeaScanner::Counts heard;
  bool ended = false;
  std::optional<Error> error;  // why it ended, when it failed
};

// A receiver that speaks, or a recording of one being played: a worker reads, parses and judges; the owner's thread is
// told by `post` that there is something to take. At most one notice is on its way, however fast the fixes come. Stops
// when it goes.
class Listener {
 public:
  struct Listening {
    // What the county asks of evidence.
    gps::GateLimits limits;
    // Keep in each fix what the receiver said.
    bool keeps_sentences = false;
  };
  static std::unique_ptr<Listener> start(std::unique_ptr<gps::ByteSource> source, const Listening& listening,
                                         Clock& clock, Post post, std::function<void()> heard);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  // Owner's thread.
  News take_news();

 private:
  Listener(std::unique_ptr<gps::ByteSource> source, const Listening& listening, Clock& clock, Post post,
           std::function<void()> heard);
  void run();
  void tell();
  void tell_without_fix();

  Clock& clock_;
  Post post_;
  std::function<void()> heard_;
  gps::FixStream stream_;                // worker
  gps::EvidenceGate gate_;               // worker
  gps::NmeaScanner::Counts heard_told_;  // worker
  std::int64_t told_steady_ms_ = 0;      // worker
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  News news_;             // by mutex_
  bool is_told_ = false;  // by mutex_
  std::thread worker_;    // last: it uses all of the above
};

}  // namespace kuangxun::receiver
