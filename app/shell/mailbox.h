#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace kuangxun::shell {

// How workers reach the window's thread: they post what is to be done there, the window does it between two frames.
// post() from any thread; run_all() on the window's thread. Whoever posts must be stopped before the window goes.
class Mailbox {
 public:
  // `wake` is called from the posting thread when something lies in an empty box; it must only wake the loop.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}
  void post(std::function<void()> job);
  // Runs what has come so far, in order; how many. What these jobs post waits for the next time.
  std::size_t run_all();

 private:
  std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<std::function<void()>> jobs_;
};

}  // namespace kuangxun::shell
