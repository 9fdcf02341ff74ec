#include "app/cli/terminal.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "app/office/progress_text.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

// What is typed is not shown until the object goes.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_hidden_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (is_hidden_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool is_hidden_ = false;
};

// Byte by byte: a second PIN may follow in the next line.
Result<std::string> read_line() {
  std::string line;
  for (;;) {
    char byte = 0;
    const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
    if (got == 1 && byte != '\n' && line.size() <= limits::pin_bytes_max) {
      line.push_back(byte);
      continue;
    }
    if (got == 1 || (got == 0 && !line.empty())) break;
    return Error(ErrorCode::unavailable, phrase("no PIN came; type it at a terminal, or give --pin-file FILE"));
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

// Goes to the beginning of the line and clears it.
constexpr const char* begin_again = "\r\033[K";

}  // namespace

bool is_typed_at_terminal() {
  return ::isatty(STDIN_FILENO) != 0;
}

Result<std::string> read_secret_line(const std::string& prompt) {
  if (!is_typed_at_terminal()) return read_line();
  std::cerr << prompt << std::flush;
  const HiddenTyping hidden;
  auto line = read_line();
  std::cerr << '\n';
  return line;
}

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
