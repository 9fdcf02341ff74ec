#include "db/base/file_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "db/language/language.h"

namespace kuangxun {
namespace {

std::filesystem::path temporary_of(const std::filesystem::path& path) {
  return path.string() + ".part";
}

// 0, or the error's number.
int flush_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  // Some file systems of sticks cannot flush a folder by itself; the file's own flush brought it along.
  const int number = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  ::close(descriptor);
  return number;
}

}  // namespace

Error medium_error(int number, const std::filesystem::path& path) {
  const auto error = [&](MessageId message) {
    return Error(ErrorCode::unavailable, phrase(message, {path.string(), std::strerror(number)}));
  };
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return error("the disk of {0} is full: make room on it or take another one");
    case EFBIG:
      return error("{0} is too large for this disk (FAT32 holds files up to 4 GiB): take a stick formatted as exFAT");
    case EROFS:
    case EACCES:
    case EPERM:
      return error("cannot write {0}: the disk is write-protected or not yours");
    case EIO:
    case ENODEV:
    case ENXIO:
    case ENOENT:
    case ENOTDIR:
    case ESTALE:
      return error("the disk of {0} is gone or broken (a stick pulled out?): {1}; put it back and try again");
    default:
      return error("cannot read or write {0}: {1}");
  }
}

Result<std::unique_ptr<FileWriter>> FileWriter::create(const std::filesystem::path& path, bool secret) {
  const std::filesystem::path temporary = temporary_of(path);
  // What a kill left behind goes first: its mode would stay, and it may be a link to elsewhere.
  ::unlink(temporary.c_str());
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644);
  if (descriptor < 0) return medium_error(errno, path);
  return std::unique_ptr<FileWriter>(new FileWriter(path, descriptor));
}

FileWriter::~FileWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!is_over_) ::unlink(temporary_of(path_).c_str());
}

Error FileWriter::fail(int number) {
  const Error error = medium_error(number, path_);
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  is_over_ = true;
  const std::filesystem::path temporary = temporary_of(path_);
  if (::unlink(temporary.c_str()) == 0 || errno == ENOENT) return error;
  return Error(error.code(), error.message() + phrase(" (the half-written {0} could not be removed: delete it)",
                                                      {temporary.string()}));
}

Status FileWriter::write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail(written == 0 ? ENOSPC : errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Status FileWriter::commit() {
  if (::fsync(descriptor_) != 0) return fail(errno);
  static_cast<void>(::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED));
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) return fail(errno);
  if (::rename(temporary_of(path_).c_str(), path_.c_str()) != 0) return fail(errno);
  is_over_ = true;
  const int number = flush_folder(path_);
  if (number != 0) return medium_error(number, path_);
  return {};
}

Result<std::unique_ptr<FileReader>> FileReader::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const bool is_missing = errno == ENOENT || errno == ENOTDIR;
    if (!is_missing) return medium_error(errno, path);
    return Error(ErrorCode::not_found, phrase("there is no file {0}", {path.string()}));
  }
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(descriptor);
    return Error(ErrorCode::bad_input, phrase("{0} is not a file", {path.string()}));
  }
  return std::unique_ptr<FileReader>(new FileReader(path, descriptor));
}

FileReader::~FileReader() {
  ::close(descriptor_);
}

Result<std::size_t> FileReader::read(std::span<std::uint8_t> buffer) {
  std::size_t count = 0;
  while (count < buffer.size()) {
    const ssize_t got = ::read(descriptor_, buffer.data() + count, buffer.size() - count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return medium_error(errno, path_);
    if (got == 0) break;
    count += static_cast<std::size_t>(got);
  }
  return count;
}

Status FileReader::go_to(std::uint64_t offset) {
  if (::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) < 0) return medium_error(errno, path_);
  return {};
}

}  // namespace kuangxun
