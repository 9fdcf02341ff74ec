#include "sync/local/channel.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "db/language/language.h"

namespace kuangxun::local {
namespace {

constexpr const char* socket_name = "window.socket";

Error gone() {
  return Error(ErrorCode::unavailable,
               phrase("the program that holds these data went away; what it confirmed until then is saved, look "
                      "whether the last step was done and try again"));
}

// The address of a Unix socket holds 108 bytes, and data folders lie deeper: so the folder is opened, and the socket
// named through it.
class FolderAddress {
 public:
  explicit FolderAddress(const std::filesystem::path& folder)
      : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    address_.sun_family = AF_UNIX;
    std::snprintf(address_.sun_path, sizeof address_.sun_path, "/proc/self/fd/%d/%s", folder_, socket_name);
  }
  ~FolderAddress() {
    if (folder_ >= 0) ::close(folder_);
  }
  FolderAddress(const FolderAddress&) = delete;
  FolderAddress& operator=(const FolderAddress&) = delete;

  bool is_open() const { return folder_ >= 0; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
  static constexpr socklen_t size() { return sizeof(sockaddr_un); }

 private:
  int folder_;
  sockaddr_un address_{};
};

// False when the other side is gone, or was cut off.
bool send_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

// How many came before the end.
std::size_t receive_all(int descriptor, std::span<std::uint8_t> into) {
  std::size_t came = 0;
  while (came < into.size()) {
    const ssize_t taken = ::recv(descriptor, into.data() + came, into.size() - came, 0);
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) break;
    came += static_cast<std::size_t>(taken);
  }
  return came;
}

}  // namespace

Result<std::unique_ptr<Channel>> Channel::connect(const std::filesystem::path& folder) {
  const FolderAddress address(folder);
  const int descriptor = address.is_open() ? ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
  if (descriptor < 0) return std::unique_ptr<Channel>();
  auto channel = std::make_unique<Channel>(descriptor);
  // Refused by nobody who listens: a socket that a kill left, or none.
  if (::connect(descriptor, address.get(), FolderAddress::size()) != 0) return std::unique_ptr<Channel>();
  if (!channel->is_of_same_user()) {
    return Error(ErrorCode::refused, phrase("{0} is held by a program of another user", {folder.string()}));
  }
  return channel;
}

Channel::~Channel() {
  ::close(descriptor_);
}

Status Channel::send(ByteView message) {
  std::array<std::uint8_t, 4> length{};
  for (std::size_t i = 0; i < length.size(); ++i) length[i] = static_cast<std::uint8_t>(message.size() >> (8 * i));
  if (!send_all(descriptor_, length) || !send_all(descriptor_, message)) return gone();
  return {};
}

Result<std::optional<Bytes>> Channel::receive(std::size_t bytes_max) {
  std::array<std::uint8_t, 4> head{};
  const std::size_t came = receive_all(descriptor_, head);
  if (came == 0) return std::optional<Bytes>();
  if (came < head.size()) return gone();
  std::size_t length = 0;
  for (std::size_t i = 0; i < head.size(); ++i) length |= std::size_t{head[i]} << (8 * i);
  if (length > bytes_max) {
    return Error(ErrorCode::bad_input, phrase("more at once than the other program on this laptop takes"));
  }
  Bytes message(length);
  if (receive_all(descriptor_, message) < length) return gone();
  return std::optional(std::move(message));
}

bool Channel::is_of_same_user() const {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  return ::getsockopt(descriptor_, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 && credentials.uid == ::geteuid();
}

void Channel::cut() {
  ::shutdown(descriptor_, SHUT_RDWR);
}

Result<std::unique_ptr<Listener>> Listener::open(const std::filesystem::path& folder) {
  constexpr int waiting_max = 8;
  const FolderAddress address(folder);
  const std::filesystem::path path = folder / socket_name;
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  const auto failed = [&](const char* why) {
    return Error(ErrorCode::unavailable, phrase("{0}: other programs on this laptop cannot write beside this one "
                                                "({1})",
                                                {path.string(), why}));
  };
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return failed(std::strerror(errno));
  std::unique_ptr<Listener> listener(new Listener(path, descriptor, ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
  // Nobody can connect before listen(): by then the mode is right.
  if (!address.is_open() || ::bind(descriptor, address.get(), FolderAddress::size()) != 0 ||
      ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(descriptor, waiting_max) != 0) {
    return failed(std::strerror(errno));
  }
  return listener;
}

Listener::~Listener() {
  ::close(descriptor_);
  ::close(stopping_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::unique_ptr<Channel> Listener::accept() {
  for (;;) {
    std::array<pollfd, 2> waited = {pollfd{descriptor_, POLLIN, 0}, pollfd{stopping_, POLLIN, 0}};
    if (::poll(waited.data(), waited.size(), -1) < 0 && errno != EINTR) return nullptr;
    if (waited[1].revents != 0) return nullptr;
    const int came = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
    if (came < 0) continue;
    auto channel = std::make_unique<Channel>(came);
    if (channel->is_of_same_user()) return channel;
  }
}

void Listener::stop() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(stopping_, &one, sizeof one));
}

}  // namespace kuangxun::local
