#include "sync/client/folder_attachments.h"

#include <set>

#include "db/base/limits.h"
#include "db/records/kinds.h"

namespace kuangxun::client {
namespace {

std::string sent_setting(const Hash& hash) {
  return "photo_sent:" + hash.text();
}

}  // namespace

Result<std::vector<wire::AttachmentName>> FolderAttachments::named() {
  KX_TRY(photos, store_.list(records::kinds::photo));
  std::set<wire::AttachmentName> names;
  for (const records::Record& photo : photos) {
    const auto* hash = std::get_if<Bytes>(&photo.value("file_hash"));
    const std::int64_t size_bytes = photo.integer("file_bytes");
    if (hash == nullptr || hash->size() != 32 || size_bytes <= 0) continue;
    if (static_cast<std::uint64_t>(size_bytes) > limits::attachment_bytes_max) continue;
    names.insert({hash_from_bytes(*hash), static_cast<std::uint64_t>(size_bytes)});
  }
  return std::vector<wire::AttachmentName>(names.begin(), names.end());
}

Result<std::vector<wire::AttachmentName>> FolderAttachments::unsent() {
  KX_TRY(names, named());
  std::vector<wire::AttachmentName> unsent;
  for (const wire::AttachmentName& name : names) {
    KX_TRY(sent, store_.setting(sent_setting(name.hash)));
    if (sent.has_value()) continue;
    // A record may name another size than the file has; then the hash does not fit either, and nothing is offered.
    std::error_code failure;
    const std::uint64_t size_bytes = std::filesystem::file_size(folder_.path_of(name.hash), failure);
    if (!failure && size_bytes == name.size_bytes) unsent.push_back(name);
  }
  return unsent;
}

Result<Bytes> FolderAttachments::read_chunk(const wire::AttachmentName& name, std::uint32_t index) {
  if (open_hash_ != name.hash) {
    KX_TRY(bytes, folder_.read(name.hash));
    open_bytes_ = std::move(bytes);
    open_hash_ = name.hash;
  }
  const std::size_t begin = std::min(std::size_t{index} * limits::chunk_bytes, open_bytes_.size());
  const std::size_t size = std::min(name.chunk_size_bytes(index), open_bytes_.size() - begin);
  const ByteView chunk = ByteView(open_bytes_).subspan(begin, size);
  return Bytes(chunk.begin(), chunk.end());
}

Status FolderAttachments::note_sent(const wire::AttachmentName& name) {
  return store_.set_setting(sent_setting(name.hash), "1");
}

Result<std::vector<wire::AttachmentName>> FolderAttachments::missing() {
  KX_TRY(names, named());
  std::vector<wire::AttachmentName> missing;
  for (const wire::AttachmentName& name : names) {
    if (!folder_.has(name.hash)) missing.push_back(name);
  }
  return missing;
}

Status FolderAttachments::keep(const Bytes& file) {
  KX_TRY(kept, folder_.keep(file));
  return store_.set_setting(sent_setting(kept.hash), "1");
}

}  // namespace kuangxun::client
