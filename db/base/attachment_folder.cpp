#include "db/base/attachment_folder.h"

#include "db/base/language.h"
#include "db/base/limits.h"

namespace kuangxun {

Result<Bytes> AttachmentFolder::read_original(const std::filesystem::path& file) {
  KX_TRY(bytes, read_file(file, limits::attachment_bytes_max));
  if (bytes.empty()) {
    return Error(ErrorCode::bad_input, say_with("文件 {0} 是空的", "file {0} is empty", {file.string()}));
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

Result<Bytes> AttachmentFolder::read(const Hash& hash) const {
  KX_TRY(bytes, read_file(path_of(hash), limits::attachment_bytes_max));
  if (sha256(bytes) != hash) {
    return Error(ErrorCode::corrupt,
                 say_with("附件 {0} 的内容与其哈希不符；请从备份或县库取回",
                          "attachment {0} no longer has its hash; fetch it from a backup or the county",
                          {path_of(hash).string()}));
  }
  return bytes;
}

}  // namespace kuangxun
