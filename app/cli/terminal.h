#pragma once

#include <condition_variable>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>

#include "db/base/result.h"
#include "db/base/running.h"

namespace kuangxun::cli {

// One line of the standard input without its end: at a terminal asked for with `prompt` and not shown while it is
// typed, else the next line of what was piped in. unavailable when there is none.
Result<std::string> read_secret_line(const std::string& prompt);
bool is_typed_at_terminal();

// For as long as it lives, one line at the terminal says how far a long act is. Whoever reads the standard error
// otherwise, a script for one, sees nothing of it.
class ProgressLine {
 public:
  explicit ProgressLine(std::ostream& err);
  // The line is gone before anything else is printed.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // For the act.
  const Running& running() const { return running_; }

 private:
  void show();

  std::ostream& err_;
  Running running_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;  // protected by mutex_
  std::thread thread_;      // only at a terminal
};

// An act that may take minutes: somebody who waits at a terminal sees how far it is.
template <class Act>
auto watched(std::ostream& err, const Act& act) {
  const ProgressLine line(err);
  return act(line.running());
}

}  // namespace kuangxun::cli
