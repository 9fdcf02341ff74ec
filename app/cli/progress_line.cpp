#include "app/cli/progress_line.h"

#include <unistd.h>

#include <chrono>
#include <iostream>

#include "app/office/progress_text.h"

namespace kuangxun::cli {
namespace {

// Goes to the beginning of the line and clears it.
constexpr const char* begin_again = "\r\033[K";

}  // namespace

ProgressLine::ProgressLine(std::ostream& err) : err_(err) {
  if (&err == &std::cerr && ::isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { show(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
  }
  ended_.notify_all();
  thread_.join();
  err_ << begin_again << std::flush;
}

void ProgressLine::show() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, std::chrono::seconds(1), [this] { return has_ended_; })) {
    err_ << begin_again << office::progress_text(running_) << std::flush;
  }
}

}  // namespace kuangxun::cli
