#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun {

// Reads a whole file of at most `bytes_max` bytes; a larger one is bad_input, a missing one
// not_found.
Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t bytes_max);
Result<std::string> read_text_file(const std::filesystem::path& path, std::uint64_t bytes_max);

// Writes beside the target (into PATH.part), fsyncs, renames, fsyncs the folder: after a kill the old or the new
// file stands, never a part. `secret` gives mode 0600. One writer at a time a
// path.
Status write_file_durably(const std::filesystem::path& path, ByteView bytes, bool secret = false);

// Makes the folder and those above it where they are missing; durable when it returns.
Status make_folder(const std::filesystem::path& path);
std::uint64_t free_bytes(const std::filesystem::path& path);

// An exclusive lock that the operating system drops when the process dies. Held while the object
// lives.
class FileLock {
 public:
  // busy when another process holds it; the message names what is locked.
  static Result<std::unique_ptr<FileLock>> take(const std::filesystem::path& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace kuangxun
