#pragma once

#include <filesystem>

#include "db/base/files.h"
#include "db/base/hash.h"

namespace kuangxun {

// A file kept under its own SHA-256.
struct Attachment {
  Hash hash;
  std::uint64_t bytes = 0;
  // Whether it was already there.
  bool was_known = false;
};

// The originals of a laptop: photos and papers, bit for bit as they came, in FOLDER/ab/abcdef... by the SHA-256 of
// their bytes. A file is never changed or overwritten; the same bytes are kept once. The folder is made with the first
// file.
class AttachmentFolder {
 public:
  explicit AttachmentFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Reads a file as it will be kept, without keeping it: for a check before anything is written. not_found,
  // unavailable, or bad_input when it is empty or over limits::attachment_bytes_max.
  static Result<Bytes> read_original(const std::filesystem::path& file);
  // Durable when it returns.
  Result<Attachment> keep(ByteView bytes);
  // The bytes; not_found when they are not here, corrupt when they no longer have their hash.
  Result<Bytes> read(const Hash& hash) const;
  // At most `bytes_max` bytes from `offset` on, fewer at the end; whether they are the right ones prove() knows.
  Result<Bytes> read_part(const Hash& hash, std::uint64_t offset, std::size_t bytes_max) const;
  // Reads the file through, in little memory. The same errors as read().
  Status prove(const Hash& hash) const;
  bool has(const Hash& hash) const;
  std::filesystem::path path_of(const Hash& hash) const;

 private:
  Error no_longer(const Hash& hash) const;

  std::filesystem::path folder_;
};

}  // namespace kuangxun
