#include "tests/support/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

#include "db/base/files.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::tests {
namespace {

// In the child: becomes the program.
[[noreturn]] void become(const std::vector<std::string>& words) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void redirect(const std::filesystem::path& file, int descriptor) {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(opened, descriptor);
}

std::string content_of(const std::filesystem::path& file) {
  auto text = read_text_file(file, 16 << 20);
  return text.ok() ? std::move(text).value() : std::string();
}

}  // namespace

Ran run_program(const std::vector<std::string>& words) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    redirect(folder / "out", STDOUT_FILENO);
    redirect(folder / "err", STDERR_FILENO);
    become(words);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {exit_code_of(status), content_of(folder / "out"), content_of(folder / "err")};
}

Process::Process(const std::vector<std::string>& words) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return;
  id_ = ::fork();
  if (id_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    become(words);
  }
  ::close(ends[1]);
  output_ = ends[0];
  constexpr int patience_ms = 20'000;
  pollfd waiting{output_, POLLIN, 0};
  char character = 0;
  while (::poll(&waiting, 1, patience_ms) == 1 && ::read(output_, &character, 1) == 1 && character != '\n') {
    first_line_ += character;
  }
}

Process::~Process() {
  if (id_ > 0) end(SIGKILL);
  if (output_ >= 0) ::close(output_);
}

void Process::signal(int signal) const {
  ::kill(id_, signal);
}

int Process::end(int signal) {
  ::kill(id_, signal);
  for (int tries = 0; tries < 100; ++tries) {
    int status = 0;
    if (::waitpid(id_, &status, WNOHANG) == id_) {
      id_ = -1;
      return exit_code_of(status);
    }
    ::usleep(100'000);
  }
  return -1;
}

}  // namespace kuangxun::tests
