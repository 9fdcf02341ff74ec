#include "app/shell/mailbox.h"

#include <utility>

namespace kuangxun::shell {

void Mailbox::post(std::function<void()> job) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = jobs_.empty();
    jobs_.push_back(std::move(job));
  }
  if (was_empty) wake_();
}

std::size_t Mailbox::run_all() {
  std::vector<std::function<void()>> jobs;
  {
    const std::lock_guard lock(mutex_);
    jobs.swap(jobs_);
  }
  for (const auto& job : jobs) job();
  return jobs.size();
}

}  // namespace kuangxun::shell
