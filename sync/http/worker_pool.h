#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kuangxun::http {

// A few threads that do what they are given, oldest first.
class WorkerPool {
 public:
  // Gets the number of the worker that runs it.
  using Task = std::function<void(unsigned worker)>;

  WorkerPool(unsigned workers, std::size_t waiting_max);
  // Finishes the tasks at work; drops those that wait.
  ~WorkerPool();

  // From any thread. False when too many wait already, or when it has been stopped.
  bool add(Task task);
  // Finishes what was added; takes nothing new.
  void finish();

 private:
  void work(unsigned worker);

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable change_;
  std::deque<Task> waiting_;
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kuangxun::http
