#include "db/base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "db/language/language.h"

namespace kuangxun {
namespace {

Error system_error(MessageId message, const std::filesystem::path& path) {
  const std::string reason = std::strerror(errno);
  return Error(ErrorCode::unavailable, phrase(message, {path.string(), reason}));
}

// Closes the descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int value() const { return value_; }
  int release() {
    const int value = value_;
    value_ = -1;
    return value;
  }

 private:
  int value_;
};

Status sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.value() < 0 || ::fsync(descriptor.value()) != 0) {
    return system_error("cannot flush folder {0}: {1}", folder);
  }
  return {};
}

Status write_all(int descriptor, ByteView bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_error("cannot write {0}: {1}", path);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t bytes_max) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.value() < 0) {
    const ErrorCode code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::not_found : ErrorCode::unavailable;
    return Error(code, phrase("cannot open file {0}: {1}", {path.string(), std::strerror(errno)}));
  }
  struct stat facts {};
  if (::fstat(descriptor.value(), &facts) != 0 || S_ISDIR(facts.st_mode)) {
    return Error(ErrorCode::bad_input, phrase("{0} is not a file", {path.string()}));
  }
  Bytes bytes;
  Bytes block(64 * 1024);
  for (;;) {
    const ssize_t got = ::read(descriptor.value(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("cannot read {0}: {1}", path);
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(got) > bytes_max) {
      return Error(ErrorCode::bad_input,
                   phrase("file {0} is over the limit of {1} bytes", {path.string(), std::to_string(bytes_max)}));
    }
    bytes.insert(bytes.end(), block.begin(), block.begin() + got);
  }
}

Result<std::string> read_text_file(const std::filesystem::path& path, std::uint64_t bytes_max) {
  KX_TRY(bytes, read_file(path, bytes_max));
  return std::string(as_text(bytes));
}

Status write_file_durably(const std::filesystem::path& path, ByteView bytes, bool secret) {
  const std::filesystem::path temporary = path.string() + ".part";
  {
    // What a kill left behind goes first: its mode would stay, and it may be a link to elsewhere.
    ::unlink(temporary.c_str());
    const Descriptor descriptor(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644));
    if (descriptor.value() < 0) return system_error("cannot create {0}: {1}", temporary);
    Status written = write_all(descriptor.value(), bytes, temporary);
    if (written.ok() && ::fsync(descriptor.value()) != 0) {
      written = system_error("cannot flush {0}: {1}", temporary);
    }
    if (!written.ok()) {
      ::unlink(temporary.c_str());
      return written;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const Error error = system_error("cannot rename to {0}: {1}", path);
    ::unlink(temporary.c_str());
    return error;
  }
  return sync_folder(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

Status make_folder(const std::filesystem::path& path) {
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) return {};
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (parent != path) KX_CHECK(make_folder(parent));
  if (::mkdir(path.c_str(), 0777) != 0) {
    const Error error = system_error("cannot create folder {0}: {1}", path);
    // Another process may have made it meanwhile.
    if (!std::filesystem::is_directory(path, failure)) return error;
  }
  return sync_folder(parent);
}

std::uint64_t free_bytes(const std::filesystem::path& path) {
  std::error_code failure;
  const auto space = std::filesystem::space(path, failure);
  return failure ? 0 : space.available;
}

Result<std::unique_ptr<FileLock>> FileLock::take(const std::filesystem::path& path) {
  Descriptor descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (descriptor.value() < 0) return system_error("cannot open the lock file {0}: {1}", path);
  if (::flock(descriptor.value(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return Error(ErrorCode::busy,
                   phrase("{0} is in use by another program; close it and try again", {path.parent_path().string()}));
    }
    return system_error("cannot lock {0}: {1}", path);
  }
  return std::unique_ptr<FileLock>(new FileLock(descriptor.release()));
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace kuangxun
