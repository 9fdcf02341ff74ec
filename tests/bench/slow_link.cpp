#include "tests/bench/slow_link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "tests/bench/must.h"

namespace kuangxun::bench {
namespace {

constexpr int segment_bytes = 1400;
// What the kernel may hold of what was not sent yet: a real link's queue, not a disk's.
constexpr int kernel_buffer_bytes = 8192;
constexpr std::size_t record_header_bytes = 5;
// Its kind and the cipher's tag, inside a record of TLS 1.3.
constexpr std::size_t record_seal_bytes = 17;
constexpr std::uint8_t application_data = 23;

sockaddr_in this_machine(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void set(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = this_machine(port);
  ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  return socket;
}

bool send_all(int socket, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

void reset(int socket) {
  const linger now{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(socket);
}

// What had arrived is heard before the end is.
void end_after_all(int socket) {
  ::shutdown(socket, SHUT_WR);
  const timeval patience{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::array<char, segment_bytes> buffer;
  while (::recv(socket, buffer.data(), buffer.size(), 0) > 0) {
  }
  ::close(socket);
}

}  // namespace

SlowLink::SlowLink(Options options) : options_(std::move(options)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  set(listener_, SOL_SOCKET, SO_RCVBUF, kernel_buffer_bytes);
  set(listener_, IPPROTO_TCP, TCP_MAXSEG, segment_bytes);
  sockaddr_in address = this_machine(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    give_up(std::string("slow link: ") + std::strerror(errno));
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

SlowLink::~SlowLink() {
  is_ending_ = true;
  thread_.join();
  ::close(listener_);
}

void SlowLink::run() {
  while (!is_ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    const int laptop = ::accept(listener_, nullptr, nullptr);
    set(laptop, IPPROTO_TCP, TCP_NODELAY, 1);
    if (options_.on_connection) options_.on_connection();
    const int county = connect_to(options_.to_port);
    ++connections_;
    carry(laptop, county);
    reset(laptop);
    end_after_all(county);
  }
}

void SlowLink::carry(int laptop, int county) {
  const Timer::time_point begin = Timer::now();
  Way up;
  up.from = laptop;
  up.to = county;
  up.free_at = begin;
  Way down;
  down.from = county;
  down.to = laptop;
  down.free_at = begin;
  while (!is_ending_) {
    const Timer::time_point now = Timer::now();
    if (options_.connection_life.count() > 0 && now - begin >= options_.connection_life) return;
    for (Way* way : {&up, &down}) {
      if (!deliver(*way, now) || !take(*way, now)) return;
      if (way->has_ended && way->pieces.empty()) return;
    }
    std::array<pollfd, 2> waiting = {pollfd{laptop, POLLIN, 0}, pollfd{county, POLLIN, 0}};
    const bool may_take_at_once = up.pieces.empty() && down.pieces.empty() && up.free_at <= now && down.free_at <= now;
    if (may_take_at_once) {
      ::poll(waiting.data(), waiting.size(), 5);
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
}

// What may go now, at most one segment.
bool SlowLink::take(Way& way, Timer::time_point now) {
  if (way.has_ended || way.free_at > now) return true;
  Bytes bytes(segment_bytes);
  const ssize_t got = ::recv(way.from, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
  way.has_ended = got == 0;
  bytes.resize(static_cast<std::size_t>(got));
  bytes_ += bytes.size();
  count_records(way, bytes);
  if (options_.bits_per_s > 0) {
    const std::chrono::duration<double> takes(static_cast<double>(bytes.size()) * 8 / options_.bits_per_s);
    // A late wake-up is not the link's: the time is caught up, but no idle time is saved.
    const auto from = std::max(way.free_at, now - std::chrono::milliseconds(20));
    way.free_at = from + std::chrono::duration_cast<Timer::duration>(takes);
  }
  const auto due = std::max(way.free_at, now) + options_.delay;
  if (!way.has_ended) way.pieces.push_back({due, std::move(bytes)});
  return true;
}

bool SlowLink::deliver(Way& way, Timer::time_point now) {
  while (!way.pieces.empty() && way.pieces.front().due <= now) {
    if (!send_all(way.to, way.pieces.front().bytes)) return false;
    way.pieces.pop_front();
  }
  return true;
}

void SlowLink::count_records(Way& way, ByteView bytes) {
  while (!bytes.empty()) {
    const std::size_t skipped = std::min(way.record_left, bytes.size());
    way.record_left -= skipped;
    bytes = bytes.subspan(skipped);
    const std::size_t wanted = std::min(record_header_bytes - way.header.size(), bytes.size());
    way.header.insert(way.header.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(wanted));
    bytes = bytes.subspan(wanted);
    if (way.header.size() < record_header_bytes) return;
    way.record_left = std::size_t{way.header[3]} << 8 | way.header[4];
    if (way.header[0] == application_data && way.record_left >= record_seal_bytes) {
      bytes_inside_ += way.record_left - record_seal_bytes;
    }
    way.header.clear();
  }
}

}  // namespace kuangxun::bench
