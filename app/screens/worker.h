#pragma once

#include <functional>
#include <thread>

namespace kuangxun::screens {

// Runs one job beside the window at a time. The job ends before the worker goes, so it may borrow what outlives it.
class Worker {
 public:
  ~Worker() { join(); }
  // Waits for the job before, which has posted its result already.
  void start(std::function<void()> job) {
    join();
    thread_ = std::thread(std::move(job));
  }
  void join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::thread thread_;
};

}  // namespace kuangxun::screens
