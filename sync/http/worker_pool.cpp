#include "sync/http/worker_pool.h"

#include <cassert>

namespace kuangxun::http {

WorkerPool::WorkerPool(unsigned workers, std::size_t waiting_max) : waiting_max_(waiting_max) {
  assert(workers > 0);
  for (unsigned worker = 0; worker < workers; ++worker) {
    threads_.emplace_back([this, worker] { work(worker); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }
  finish();
}

bool WorkerPool::add(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_ || waiting_.size() >= waiting_max_) return false;
    waiting_.push_back(std::move(task));
  }
  change_.notify_one();
  return true;
}

void WorkerPool::finish() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  change_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work(unsigned worker) {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      change_.wait(lock, [this] { return is_stopped_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task(worker);
  }
}

}  // namespace kuangxun::http
