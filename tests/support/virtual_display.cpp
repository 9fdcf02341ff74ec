#include "tests/support/virtual_display.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace kuangxun::tests {

VirtualDisplay::VirtualDisplay(int width_px, int height_px) {
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("pipe");
  const std::string screen = std::to_string(width_px) + "x" + std::to_string(height_px) + "x24";
  const std::string descriptor = std::to_string(pipe_ends[1]);
  process_ = fork();
  if (process_ == 0) {
    close(pipe_ends[0]);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", screen.c_str(), "-nolisten", "tcp",
           "-noreset", "-dpi", "96", static_cast<char*>(nullptr));
    _exit(127);
  }
  close(pipe_ends[1]);
  // Xvfb writes the number it took and a line's end once it listens.
  std::string number;
  for (char character = 0; read(pipe_ends[0], &character, 1) == 1 && character != '\n';) number.push_back(character);
  close(pipe_ends[0]);
  if (number.empty()) {
    waitpid(process_, nullptr, 0);
    throw std::runtime_error("Xvfb did not start: install the package xvfb");
  }
  name_ = ":" + number;
  setenv("DISPLAY", name_.c_str(), 1);
  setenv("SDL_VIDEODRIVER", "x11", 1);
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
}

VirtualDisplay::~VirtualDisplay() {
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  unsetenv("DISPLAY");
}

}  // namespace kuangxun::tests
