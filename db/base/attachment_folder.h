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
  bool has(const Hash& hash) const;
  std::filesystem::path path_of(const Hash& hash) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace kuangxun
