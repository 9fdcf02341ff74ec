#include "app/gps/serial_line.h"

#include <fcntl.h>
#include <libserialport.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "db/language/language.h"

namespace kuangxun::gps {
namespace {

Error port_error(const std::string& port, int failure) {
  if (failure == EACCES || failure == EPERM) {
    return Error(
        ErrorCode::unavailable,
        phrase("no permission for the serial port {0}: add this user to the group dialout and log in again", {port}));
  }
  if (failure == EBUSY) {
    return Error(
        ErrorCode::unavailable,
        phrase("another program uses the serial port {0} (gpsd, say): close it, or use gpsd://localhost", {port}));
  }
  return Error(ErrorCode::unavailable, phrase("the serial port {0} does not work ({1}): check that the receiver is "
                                              "plugged in",
                                              {port, std::strerror(failure)}));
}

// A port that libserialport knows.
class LibraryLine final : public SerialLine {
 public:
  ~LibraryLine() override { LibraryLine::close(); }

  // Whether the library knows a port of this name; then it is taken.
  bool find(const std::string& port) { return sp_get_port_by_name(port.c_str(), &port_) == SP_OK; }

  Status open(const std::string& port) override {
    if (port_ == nullptr && !find(port)) return port_error(port, ENOENT);
    name_ = port;
    if (sp_open(port_, SP_MODE_READ) != SP_OK) return failed();
    is_open_ = true;
    if (sp_set_bits(port_, 8) != SP_OK || sp_set_parity(port_, SP_PARITY_NONE) != SP_OK ||
        sp_set_stopbits(port_, 1) != SP_OK || sp_set_flowcontrol(port_, SP_FLOWCONTROL_NONE) != SP_OK) {
      return failed();
    }
    return {};
  }
  Status set_baud(int baud) override {
    if (sp_set_baudrate(port_, baud) != SP_OK) return failed();
    sp_flush(port_, SP_BUF_INPUT);
    return {};
  }
  Result<std::size_t> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override {
    // 0 would wait without end.
    const auto wait_ms = static_cast<unsigned>(std::max<std::int64_t>(1, wait_ms_max));
    const int count = sp_blocking_read_next(port_, into.data(), into.size(), wait_ms);
    if (count < 0) return failed();
    return static_cast<std::size_t>(count);
  }
  void close() override {
    if (port_ == nullptr) return;
    if (is_open_) sp_close(port_);
    sp_free_port(port_);
    port_ = nullptr;
    is_open_ = false;
  }

 private:
  Error failed() const { return port_error(name_, errno != 0 ? errno : EIO); }

  sp_port* port_ = nullptr;
  std::string name_;
  bool is_open_ = false;
};

// A terminal that is no port of its own to the system and so none to the library: a pseudo-terminal, by which programs
// hand on what a receiver says. It has no speed.
class TerminalLine final : public SerialLine {
 public:
  ~TerminalLine() override { TerminalLine::close(); }

  Status open(const std::string& port) override {
    name_ = port;
    file_ = ::open(port.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (file_ < 0) return port_error(name_, errno);
    termios settings{};
    if (tcgetattr(file_, &settings) != 0) return port_error(name_, ENOTTY);
    cfmakeraw(&settings);
    if (tcsetattr(file_, TCSANOW, &settings) != 0) return port_error(name_, errno);
    return {};
  }
  Status set_baud(int) override { return {}; }
  Result<std::size_t> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override {
    pollfd waiting{file_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::clamp<std::int64_t>(wait_ms_max, 0, 1000)));
    if (ready == 0 || (ready < 0 && errno == EINTR)) return std::size_t{0};
    const ssize_t count = ::read(file_, into.data(), into.size());
    if (count > 0) return static_cast<std::size_t>(count);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return std::size_t{0};
    return port_error(name_, count < 0 ? errno : EIO);
  }
  void close() override {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

 private:
  int file_ = -1;
  std::string name_;
};

// Which of the two it is shows when the port is opened.
class SystemLine final : public SerialLine {
 public:
  Status open(const std::string& port) override {
    line_.reset();
    // Names of one's own ("/dev/serial/by-id/…") point to the port that the system knows.
    std::error_code failure;
    const std::filesystem::path real = std::filesystem::canonical(port, failure);
    if (failure) return port_error(port, ENOENT);
    auto known = std::make_unique<LibraryLine>();
    if (known->find(real.string())) {
      line_ = std::move(known);
    } else {
      line_ = std::make_unique<TerminalLine>();
    }
    const Status opened = line_->open(real.string());
    if (!opened.ok()) line_.reset();
    return opened;
  }
  Status set_baud(int baud) override { return line_->set_baud(baud); }
  Result<std::size_t> read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) override {
    return line_->read(into, wait_ms_max);
  }
  void close() override { line_.reset(); }

 private:
  std::unique_ptr<SerialLine> line_;
};

}  // namespace

std::unique_ptr<SerialLine> make_system_serial_line() {
  return std::make_unique<SystemLine>();
}

std::vector<SerialPort> list_serial_ports() {
  sp_port** found = nullptr;
  std::vector<SerialPort> built_in;
  std::vector<SerialPort> ports;
  if (sp_list_ports(&found) != SP_OK) return ports;
  for (sp_port** one = found; *one != nullptr; ++one) {
    const char* description = sp_get_port_description(*one);
    const bool is_plugged = sp_get_port_transport(*one) != SP_TRANSPORT_NATIVE;
    (is_plugged ? ports : built_in).push_back({sp_get_port_name(*one), description != nullptr ? description : ""});
  }
  sp_free_port_list(found);
  ports.insert(ports.end(), built_in.begin(), built_in.end());
  return ports;
}

}  // namespace kuangxun::gps
