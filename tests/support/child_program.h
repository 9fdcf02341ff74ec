#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kuangxun::tests {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// Runs a program to its end.
Ran run_program(const std::vector<std::string>& words);

// A program that runs until the object goes.
class Process {
 public:
  // Waits for its first line of output, at most 20 seconds.
  explicit Process(const std::vector<std::string>& words);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  const std::string& first_line() const { return first_line_; }
  void signal(int signal) const;
  // The exit code after a signal; -1 when it does not end within ten seconds, 128 + signal when it died of it.
  int end(int signal);

 private:
  pid_t id_ = -1;
  int output_ = -1;
  std::string first_line_;
};

}  // namespace kuangxun::tests
