#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "db/base/bytes.h"
#include "db/base/result.h"

// Messages between two programs of one user on one machine, over a Unix socket in the data folder. Each is a u32 length
// and so many bytes.
namespace kuangxun::local {

// One open end. One thread, but for cut().
class Channel {
 public:
  // To the program that holds the folder; nothing when nobody listens there.
  static Result<std::unique_ptr<Channel>> connect(const std::filesystem::path& folder);
  explicit Channel(int descriptor) : descriptor_(descriptor) {}
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // unavailable when the other side is gone.
  Status send(ByteView message);
  // Nothing when the other side closed between two messages; bad_input for one over `bytes_max`, unavailable for half a
  // message.
  Result<std::optional<Bytes>> receive(std::size_t bytes_max);
  // Whether the other side is a program of the same user.
  bool is_of_same_user() const;
  // From any thread: the other calls end now and from now on.
  void cut();

 private:
  int descriptor_;
};

// Where others come in. The file is removed with it. One thread, but for stop().
class Listener {
 public:
  // Whoever calls holds the folder's lock: a socket that is there belongs to nobody any more and is replaced. Mode 0600
  // from before anybody can connect.
  static Result<std::unique_ptr<Listener>> open(const std::filesystem::path& folder);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // The next who comes; null once it was stopped.
  std::unique_ptr<Channel> accept();
  // From any thread.
  void stop();

 private:
  Listener(std::filesystem::path path, int descriptor, int stopping)
      : path_(std::move(path)), descriptor_(descriptor), stopping_(stopping) {}
  std::filesystem::path path_;
  int descriptor_;
  int stopping_;  // an eventfd
};

}  // namespace kuangxun::local
