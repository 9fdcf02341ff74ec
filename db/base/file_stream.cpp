#include "db/base/file_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "db/base/language.h"

namespace kuangxun {
namespace {

Error system_error(std::string_view chinese, std::string_view english, const std::filesystem::path& path) {
  const std::string reason = std::strerror(errno);
  return Error(ErrorCode::unavailable, say_with(chinese, english, {path.string(), reason}));
}

std::filesystem::path temporary_of(const std::filesystem::path& path) {
  return path.string() + ".part";
}

Status flush_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool is_flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
  const Status result =
      is_flushed ? Status()
                 : Status(system_error("无法把文件夹 {0} 写入磁盘：{1}", "cannot flush folder {0}: {1}", folder));
  if (descriptor >= 0) ::close(descriptor);
  return result;
}

}  // namespace

Result<std::unique_ptr<FileWriter>> FileWriter::create(const std::filesystem::path& path, bool secret) {
  const std::filesystem::path temporary = temporary_of(path);
  // What a kill left behind goes first: its mode would stay, and it may be a link to elsewhere.
  ::unlink(temporary.c_str());
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644);
  if (descriptor < 0) return system_error("无法创建 {0}：{1}", "cannot create {0}: {1}", temporary);
  return std::unique_ptr<FileWriter>(new FileWriter(path, descriptor));
}

FileWriter::~FileWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!is_committed_) ::unlink(temporary_of(path_).c_str());
}

Status FileWriter::write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_error("无法写入 {0}：{1}", "cannot write {0}: {1}", path_);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Status FileWriter::commit() {
  if (::fsync(descriptor_) != 0) return system_error("无法把 {0} 写入磁盘：{1}", "cannot flush {0}: {1}", path_);
  static_cast<void>(::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED));
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) return system_error("无法写完 {0}：{1}", "cannot finish {0}: {1}", path_);
  if (::rename(temporary_of(path_).c_str(), path_.c_str()) != 0) {
    return system_error("无法改名为 {0}：{1}", "cannot rename to {0}: {1}", path_);
  }
  is_committed_ = true;
  return flush_folder(path_);
}

Result<std::unique_ptr<FileReader>> FileReader::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const ErrorCode code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::not_found : ErrorCode::unavailable;
    return Error(code,
                 say_with("无法打开文件 {0}：{1}", "cannot open file {0}: {1}", {path.string(), std::strerror(errno)}));
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
    if (got < 0) return system_error("无法读取 {0}：{1}", "cannot read {0}: {1}", path_);
    if (got == 0) break;
    count += static_cast<std::size_t>(got);
  }
  return count;
}

}  // namespace kuangxun
