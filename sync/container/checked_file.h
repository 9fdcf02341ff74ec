#pragma once

#include <filesystem>
#include <memory>

#include "db/base/file_stream.h"
#include "db/base/hash_stream.h"
#include "db/base/sealed_stream.h"
#include "sync/container/written_file.h"

namespace kuangxun::container {

// A file that is written once, from its beginning to its end.
class CheckedFileWriter {
 public:
  // bad_input when a file stands there already: nothing on a stick is overwritten.
  static Result<std::unique_ptr<CheckedFileWriter>> create(const std::filesystem::path& path);
  // In the clear, or, once sealed, for the recipient alone.
  Status write(ByteView bytes);
  // What is written from now on is sealed to the recipient (X25519).
  Status seal(const PublicKey& recipient);
  // Flushes, gives the file its name, and reads all of it back; a file that reads back otherwise is removed.
  Result<WrittenFile> finish();
  // On the medium so far.
  std::uint64_t bytes() const { return bytes_; }

 private:
  CheckedFileWriter(std::filesystem::path path, std::unique_ptr<FileWriter> file)
      : path_(std::move(path)), file_(std::move(file)) {}
  Status to_file(ByteView bytes);
  Status read_back(const Hash& written);

  std::filesystem::path path_;
  std::unique_ptr<FileWriter> file_;
  std::unique_ptr<SealedWriter> stream_;
  HashStream hash_;     // of the file
  HashStream content_;  // of what is sealed, before it is
  std::uint64_t bytes_ = 0;
  std::uint64_t clear_bytes_ = 0;  // before what is sealed
};

}  // namespace kuangxun::container
