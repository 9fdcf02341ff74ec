#include "tests/sync/transport/cutting_relay.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace kuangxun::tests {
namespace {

sockaddr_in this_machine(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = this_machine(port);
  ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

// Moves what is there, at most `left` bytes. False when the connection is over.
bool move_some(int from, int to, std::uint64_t& left, std::atomic<std::uint64_t>& moved) {
  char buffer[1400];
  const ssize_t got = ::recv(from, buffer, std::min<std::uint64_t>(left, sizeof buffer), 0);
  if (got <= 0) return false;
  for (ssize_t sent = 0; sent < got;) {
    const ssize_t step = ::send(to, buffer + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
    if (step <= 0) return false;
    sent += step;
  }
  moved += static_cast<std::uint64_t>(got);
  left -= static_cast<std::uint64_t>(got);
  return left > 0;
}

// All that was sent arrives before the end does: what still comes back is let run out.
void end_after_all(int socket) {
  ::shutdown(socket, SHUT_WR);
  const timeval patience{2, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char buffer[1400];
  while (::recv(socket, buffer, sizeof buffer, 0) > 0) {
  }
  ::close(socket);
}

void end(int socket, CuttingRelay::Way way) {
  // A linger of no time at all: the peer gets a reset instead of an end.
  const linger now{way == CuttingRelay::Way::reset ? 1 : 0, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(socket);
}

}  // namespace

CuttingRelay::CuttingRelay(std::uint16_t to_port, Way way) : to_port_(to_port), way_(way) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = this_machine(0);
  REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(listener_, 16) == 0);
  socklen_t size = sizeof address;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

CuttingRelay::~CuttingRelay() {
  is_ending_ = true;
  thread_.join();
  ::close(listener_);
}

void CuttingRelay::cut_after(std::uint64_t towards_bytes, std::uint64_t back_bytes) {
  towards_max_ = towards_bytes;
  back_max_ = back_bytes;
}

void CuttingRelay::run() {
  while (!is_ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    const int laptop = ::accept(listener_, nullptr, nullptr);
    const int county = connect_to(to_port_);
    ++connections_;
    carry(laptop, county);
    end(laptop, way_);
    end_after_all(county);
  }
}

void CuttingRelay::carry(int laptop, int county) {
  std::uint64_t towards_left = towards_max_;
  std::uint64_t back_left = back_max_;
  while (!is_ending_) {
    pollfd waiting[2] = {{laptop, POLLIN, 0}, {county, POLLIN, 0}};
    if (::poll(waiting, 2, 20) <= 0) continue;
    if (waiting[0].revents != 0 && !move_some(laptop, county, towards_left, towards_)) return;
    if (waiting[1].revents != 0 && !move_some(county, laptop, back_left, back_)) return;
  }
}

}  // namespace kuangxun::tests
