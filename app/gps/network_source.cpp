#include "app/gps/network_source.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "db/base/text.h"
#include "db/language/language.h"

// Whoever carries the receiver cannot mend the network: nothing here is an error once the source is made, everything is
// tried again. UDP has no connection that could be lost, so silence there means nothing.
namespace kuangxun::gps {
namespace {

constexpr std::string_view gpsd_port = "2947";
// What gpsd's receivers print, as it comes; its own JSON between the sentences is skipped like any noise.
constexpr std::string_view gpsd_request = "?WATCH={\"enable\":true,\"raw\":1,\"nmea\":true};\n";

struct AddressList {
  addrinfo* first = nullptr;
  ~AddressList() {
    if (first != nullptr) freeaddrinfo(first);
  }
};

// One socket that begins to connect (or is bound); -1 when there is none.
int open_socket(const NetworkAddress& address, bool is_bound) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = is_bound ? SOCK_DGRAM : SOCK_STREAM;
  hints.ai_flags = is_bound ? AI_PASSIVE : 0;
  AddressList list;
  const char* host = address.host.empty() ? nullptr : address.host.c_str();
  if (getaddrinfo(host, address.port.c_str(), &hints, &list.first) != 0) return -1;
  for (const addrinfo* one = list.first; one != nullptr; one = one->ai_next) {
    const int opened = ::socket(one->ai_family, one->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, one->ai_protocol);
    if (opened < 0) continue;
    const int done =
        is_bound ? ::bind(opened, one->ai_addr, one->ai_addrlen) : ::connect(opened, one->ai_addr, one->ai_addrlen);
    if (done == 0 || (!is_bound && errno == EINPROGRESS)) return opened;
    ::close(opened);
  }
  return -1;
}

Error bad_address(std::string_view text) {
  return Error(ErrorCode::usage,
               phrase("\"{0}\" is no receiver's network address; like gpsd://localhost, tcp://192.168.1.5:10110 or "
                      "udp://:10110",
                      {excerpt(text, 80)}));
}

}  // namespace

NetworkSource::NetworkSource(NetworkAddress address, Clock& clock)
    : address_(std::move(address)), clock_(clock), heard_steady_ms_(clock.steady_ms()) {}

NetworkSource::~NetworkSource() {
  if (socket_ >= 0) ::close(socket_);
}

Result<std::unique_ptr<NetworkSource>> NetworkSource::open(NetworkAddress address, Clock& clock) {
  std::unique_ptr<NetworkSource> source(new NetworkSource(std::move(address), clock));
  if (source->address_.protocol == NetworkAddress::Protocol::udp) KX_CHECK(source->listen());
  return source;
}

Status NetworkSource::listen() {
  socket_ = open_socket(address_, true);
  is_connected_ = socket_ >= 0;
  if (is_connected_) return {};
  return Error(ErrorCode::unavailable,
               phrase("cannot listen at port {0} ({1}): choose another", {address_.port, std::strerror(errno)}));
}

int NetworkSource::local_port() const {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  if (getsockname(socket_, reinterpret_cast<sockaddr*>(&name), &size) != 0) return 0;
  if (name.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(name).sin_port);
  return ntohs(reinterpret_cast<const sockaddr_in6&>(name).sin6_port);
}

bool NetworkSource::wait_for(short events, std::int64_t wait_ms_max) const {
  pollfd waiting{socket_, events, 0};
  return ::poll(&waiting, 1, static_cast<int>(std::clamp<std::int64_t>(wait_ms_max, 0, 1000))) > 0;
}

void NetworkSource::begin_connecting() {
  next_try_steady_ms_ = clock_.steady_ms() + retry_ms_;
  retry_ms_ = std::min(retry_ms_ * 2, retry_ms_max);
  socket_ = open_socket(address_, false);
  is_connecting_ = socket_ >= 0;
  heard_steady_ms_ = clock_.steady_ms();
}

void NetworkSource::connected() {
  int failure = 0;
  socklen_t size = sizeof failure;
  is_connecting_ = false;
  if (getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size) != 0 || failure != 0) return lose();
  if (address_.protocol == NetworkAddress::Protocol::gpsd &&
      ::send(socket_, gpsd_request.data(), gpsd_request.size(), MSG_NOSIGNAL) !=
          static_cast<ssize_t>(gpsd_request.size())) {
    return lose();
  }
  is_connected_ = true;
  ++connections_;
  heard_steady_ms_ = clock_.steady_ms();
}

void NetworkSource::lose() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  is_connecting_ = is_connected_ = false;
}

void NetworkSource::connect_some(std::int64_t wait_ms_max) {
  if (!is_connecting_) {
    const std::int64_t left_ms = next_try_steady_ms_ - clock_.steady_ms();
    if (left_ms > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::clamp<std::int64_t>(left_ms, 0, wait_ms_max)));
      return;
    }
    begin_connecting();
  }
  if (is_connecting_ && wait_for(POLLOUT, wait_ms_max)) return connected();
  if (clock_.steady_ms() - heard_steady_ms_ > silence_ms_max) lose();
}

Result<ByteSource::Reading> NetworkSource::read(std::span<std::uint8_t> into, std::int64_t wait_ms_max) {
  if (!is_connected_) connect_some(wait_ms_max);
  if (!is_connected_) return Reading{};
  const bool is_udp = address_.protocol == NetworkAddress::Protocol::udp;
  if (!wait_for(POLLIN, wait_ms_max)) {
    if (!is_udp && clock_.steady_ms() - heard_steady_ms_ > silence_ms_max) lose();
    return Reading{};
  }
  const ssize_t count = ::recv(socket_, into.data(), into.size(), 0);
  if (count > 0) {
    heard_steady_ms_ = clock_.steady_ms();
    retry_ms_ = retry_ms_min;
    return Reading{static_cast<std::size_t>(count), false};
  }
  const bool is_again = count < 0 && (errno == EAGAIN || errno == EINTR);
  if (!is_udp && !is_again) lose();
  return Reading{};
}

Result<NetworkAddress> parse_network_address(std::string_view text) {
  using Protocol = NetworkAddress::Protocol;
  NetworkAddress address;
  const std::size_t scheme_end = text.find("://");
  const std::string_view scheme = text.substr(0, scheme_end);
  if (scheme_end == std::string_view::npos || text.size() > 300) return bad_address(text);
  if (scheme == "gpsd") {
    address.protocol = Protocol::gpsd;
  } else if (scheme == "udp") {
    address.protocol = Protocol::udp;
  } else if (scheme != "tcp") {
    return bad_address(text);
  }
  std::string_view rest = text.substr(scheme_end + 3);
  if (rest.starts_with('[')) {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return bad_address(text);
    address.host = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  } else {
    address.host = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), address.host.size()));
  }
  if (rest.starts_with(':')) address.port = rest.substr(1);
  if (rest.empty() && address.protocol == Protocol::gpsd) address.port = gpsd_port;
  const bool is_number = !address.port.empty() && address.port.size() <= 5 &&
                         address.port.find_first_not_of("0123456789") == std::string::npos &&
                         std::stoi(address.port) <= 65535;
  if (!is_number || (address.host.empty() && address.protocol != Protocol::udp)) return bad_address(text);
  return address;
}

}  // namespace kuangxun::gps
