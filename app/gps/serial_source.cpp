#include "app/gps/serial_source.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <thread>

#include "db/base/text.h"
#include "db/language/language.h"

// At a wrong speed bytes come all the same, only without sense: a speed counts as right when sentences with right
// checksums came, and as wrong when bytes came and no sentence. Silence decides nothing before its time is up, because
// a receiver may pause.
namespace kuangxun::gps {
namespace {

constexpr std::string_view any_port = "auto";
constexpr int baud_min = 1200;
constexpr int baud_max = 4'000'000;

std::string_view without_speed(std::string_view text) {
  return text.substr(0, text.rfind('@'));
}

}  // namespace

SerialSource::SerialSource(SerialAddress address, Clock& clock, std::unique_ptr<SerialLine> line, ListPorts list_ports)
    : address_(std::move(address)), clock_(clock), line_(std::move(line)), list_ports_(list_ports) {}

Result<std::unique_ptr<SerialSource>> SerialSource::open(SerialAddress address, Clock& clock,
                                                         std::unique_ptr<SerialLine> line, ListPorts list_ports) {
  std::unique_ptr<SerialSource> source(new SerialSource(std::move(address), clock, std::move(line), list_ports));
  if (!source->address_.port.empty()) KX_CHECK(source->open_port(source->address_.port));
  return source;
}

Status SerialSource::open_port(const std::string& port) {
  KX_CHECK(line_->open(port));
  port_ = port;
  is_settled_ = false;
  speeds_tried_ = 0;
  return begin_speed();
}

Status SerialSource::begin_speed() {
  scanner_ = {};
  sentences_ = 0;
  noise_bytes_ = 0;
  held_.clear();
  begun_steady_ms_ = clock_.steady_ms();
  return line_->set_baud(baud_now());
}

void SerialSource::lose() {
  line_->close();
  port_.clear();
  is_settled_ = false;
  held_.clear();
  next_try_steady_ms_ = clock_.steady_ms() + retry_ms;
}

void SerialSource::find_port() {
  next_try_steady_ms_ = clock_.steady_ms() + retry_ms;
  if (!address_.port.empty()) {
    if (!open_port(address_.port).ok()) lose();
    return;
  }
  const std::vector<SerialPort> ports = list_ports_();
  for (std::size_t tried = 0; tried < ports.size(); ++tried) {
    const SerialPort& port = ports[port_index_++ % ports.size()];
    if (open_port(port.name).ok()) return;
    lose();
  }
}

// After all speeds of a port that nobody named, the next port has its turn.
void SerialSource::next_speed() {
  is_settled_ = false;
  const std::size_t speeds = address_.baud ? 1 : bauds.size();
  if (++speeds_tried_ >= speeds && address_.port.empty()) {
    lose();
    next_try_steady_ms_.reset();
    return;
  }
  baud_index_ = (baud_index_ + 1) % bauds.size();
  if (!begin_speed().ok()) lose();
}

void SerialSource::take(ByteView bytes) {
  const auto before = scanner_.counts().sentences;
  scanner_.feed(bytes, [](std::string_view) {});
  const auto come = scanner_.counts().sentences - before;
  noise_bytes_ = come > 0 ? 0 : noise_bytes_ + bytes.size();
  sentences_ += static_cast<int>(come);
}

Result<ByteSource::Reading> SerialSource::read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) {
  if (port_.empty()) {
    const std::int64_t left_ms = next_try_steady_ms_ ? *next_try_steady_ms_ - clock_.steady_ms() : 0;
    if (left_ms <= 0) {
      find_port();
    } else if (wait_ms_max > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left_ms, wait_ms_max)));
    }
    return Reading{};
  }
  if (is_settled_ && !held_.empty()) {
    const std::size_t count = std::min(into.size(), held_.size());
    std::copy_n(held_.begin(), count, into.begin());
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
    return Reading{count, false};
  }
  const auto count = line_->read(into, wait_ms_max);
  if (!count.ok()) {
    lose();
    return Reading{};
  }
  take({into.data(), *count});
  if (is_settled_) {
    // Somebody set the receiver to another speed, or plugged in another one.
    // With more patience than while looking: a settled line that is disturbed for a moment should stay.
    if (noise_bytes_ > noise_bytes_max * 4) {
      speeds_tried_ = 0;
      next_speed();
    }
    return Reading{*count, false};
  }
  held_.insert(held_.end(), into.begin(), into.begin() + static_cast<std::ptrdiff_t>(*count));
  if (sentences_ >= sentences_needed) {
    is_settled_ = true;
    speeds_tried_ = 0;
    return Reading{};
  }
  const bool is_over = clock_.steady_ms() - begun_steady_ms_ > listen_ms_max;
  if (noise_bytes_ > noise_bytes_max || is_over) next_speed();
  return Reading{};
}

Result<SerialAddress> parse_serial_address(std::string_view text) {
  SerialAddress address;
  const std::string_view port = without_speed(text);
  if (port != any_port) address.port = port;
  if (port.size() == text.size()) return address;
  const std::string_view digits = text.substr(port.size() + 1);
  int baud = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), baud);
  if (read.ec == std::errc() && read.ptr == digits.data() + digits.size() && baud_min <= baud && baud <= baud_max) {
    address.baud = baud;
    return address;
  }
  return Error(ErrorCode::usage,
               phrase("\"{0}\" is no speed of a serial port; like /dev/ttyUSB0@9600", {excerpt(digits, 40)}));
}

bool is_serial_address(std::string_view text) {
  const std::string_view port = without_speed(text);
  if (port == any_port || port.starts_with("/dev/tty") || port.starts_with("/dev/rfcomm") ||
      port.starts_with("/dev/pts/")) {
    return true;
  }
  std::error_code failure;
  return std::filesystem::is_character_file(std::filesystem::path(port), failure);
}

}  // namespace kuangxun::gps
