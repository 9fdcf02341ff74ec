#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun {

// A file larger than memory, written beside its name (PATH.part) and given it when all of it is on the disk. What is
// not committed is removed. One thread.
class FileWriter {
 public:
  static Result<std::unique_ptr<FileWriter>> create(const std::filesystem::path& path, bool secret);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  Status write(ByteView bytes);
  // fsync, rename, fsync of the folder; and the system forgets the bytes it holds in memory, so that who reads the file
  // reads the disk (USB sticks lie).
  Status commit();

 private:
  FileWriter(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  // Removes the part; the error names it when that fails.
  Error fail(int number);
  std::filesystem::path path_;
  int descriptor_;
  bool is_over_ = false;  // no part is left
};

class FileReader {
 public:
  // not_found when there is none, bad_input when it is a folder or a device.
  static Result<std::unique_ptr<FileReader>> open(const std::filesystem::path& path);
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  // Fills as much of the buffer as there is; less only at the end.
  Result<std::size_t> read(std::span<std::uint8_t> buffer);
  // The next read() begins here.
  Status go_to(std::uint64_t offset);

 private:
  FileReader(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  std::filesystem::path path_;
  int descriptor_;
};

// What an operating system's error (errno) at a disk or stick means for the person who holds it.
Error medium_error(int number, const std::filesystem::path& path);

}  // namespace kuangxun
