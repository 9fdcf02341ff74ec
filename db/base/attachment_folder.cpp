#include "db/base/attachment_folder.h"

#include "db/base/file_stream.h"
#include "db/base/hash_stream.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun {

Result<Bytes> AttachmentFolder::read_original(const std::filesystem::path& file) {
  KX_TRY(bytes, read_file(file, limits::attachment_bytes_max));
  if (bytes.empty()) {
    return Error(ErrorCode::bad_input, phrase("file {0} is empty", {file.string()}));
  }
  return bytes;
}

std::filesystem::path AttachmentFolder::path_of(const Hash& hash) const {
  const std::string name = hash.text();
  return folder_ / name.substr(0, 2) / name;
}

bool AttachmentFolder::has(const Hash& hash) const {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path_of(hash), ignored);
}

Result<Attachment> AttachmentFolder::keep(ByteView bytes) {
  Attachment attachment{sha256(bytes), bytes.size(), false};
  const std::filesystem::path path = path_of(attachment.hash);
  if (read(attachment.hash).ok()) {
    attachment.was_known = true;
    return attachment;
  }
  KX_CHECK(make_folder(path.parent_path()));
  KX_CHECK(write_file_durably(path, bytes));
  return attachment;
}

Error AttachmentFolder::no_longer(const Hash& hash) const {
  return Error(ErrorCode::corrupt, phrase("attachment {0} no longer has its hash; fetch it from a backup or the county",
                                          {path_of(hash).string()}));
}

Result<Bytes> AttachmentFolder::read(const Hash& hash) const {
  KX_TRY(bytes, read_file(path_of(hash), limits::attachment_bytes_max));
  if (sha256(bytes) != hash) return no_longer(hash);
  return bytes;
}

Result<Bytes> AttachmentFolder::read_part(const Hash& hash, std::uint64_t offset, std::size_t bytes_max) const {
  KX_TRY(file, FileReader::open(path_of(hash)));
  KX_CHECK(file->go_to(offset));
  Bytes bytes(bytes_max);
  KX_TRY(count, file->read(bytes));
  bytes.resize(count);
  return bytes;
}

Status AttachmentFolder::prove(const Hash& hash) const {
  KX_TRY(file, FileReader::open(path_of(hash)));
  HashStream proof;
  Bytes piece(limits::chunk_bytes);
  std::size_t count = 0;
  do {
    KX_TRY(got, file->read(piece));
    count = got;
    proof.add(ByteView(piece).first(count));
  } while (count == piece.size());
  return proof.finish() == hash ? Status() : no_longer(hash);
}

}  // namespace kuangxun
