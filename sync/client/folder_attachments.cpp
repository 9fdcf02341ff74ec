#include "sync/client/folder_attachments.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"

namespace kuangxun::client {
namespace {

// Counts how often the county was restored: what was sent before counts as unsent.
constexpr std::string_view generation_setting = "photo_sent_generation";

std::string sent_setting(const Hash& hash) {
  return "photo_sent:" + hash.text();
}

std::string part_setting(const Hash& hash) {
  return "photo_part:" + hash.text();
}

}  // namespace

Result<std::vector<wire::AttachmentName>> FolderAttachments::named() {
  KX_TRY(photos, store_.list(records::kinds::photo));
  std::set<wire::AttachmentName> names;
  for (const records::Record& photo : photos) {
    const auto* hash = std::get_if<Bytes>(&photo.value(records::photo::file_hash));
    const std::int64_t size_bytes = photo.integer(records::photo::file_bytes);
    if (hash == nullptr || hash->size() != 32 || size_bytes <= 0) continue;
    if (static_cast<std::uint64_t>(size_bytes) > limits::attachment_bytes_max) continue;
    names.insert({hash_from_bytes(*hash), static_cast<std::uint64_t>(size_bytes)});
  }
  return std::vector<wire::AttachmentName>(names.begin(), names.end());
}

Result<std::string> FolderAttachments::generation() {
  KX_TRY(kept, store_.setting(generation_setting));
  return kept.value_or("1");
}

Result<std::vector<wire::AttachmentName>> FolderAttachments::unsent() {
  KX_TRY(names, named());
  KX_TRY(current, generation());
  std::vector<wire::AttachmentName> unsent;
  for (const wire::AttachmentName& name : names) {
    KX_TRY(sent, store_.setting(sent_setting(name.hash)));
    if (sent == current) continue;
    // A record may name another size than the file has; then the hash does not fit either, and nothing is offered.
    std::error_code failure;
    const std::uint64_t size_bytes = std::filesystem::file_size(folder_.path_of(name.hash), failure);
    if (!failure && size_bytes == name.size_bytes) unsent.push_back(name);
  }
  return unsent;
}

Result<Bytes> FolderAttachments::read(const wire::AttachmentName& name, std::uint32_t index, std::uint32_t offset,
                                      std::size_t bytes_max) {
  // Before its first byte goes the file is proved; what goes on later is not read through again: the county holds the
  // whole against the hash in the end.
  if (index == 0 && offset == 0) KX_CHECK(folder_.prove(name.hash));
  // Whoever wants this chunk has those before it.
  if (offset == 0 && index > 0) KX_CHECK(store_.set_setting(part_setting(name.hash), std::to_string(index)));
  const std::size_t chunk_bytes = name.chunk_size_bytes(index);
  const std::size_t left = chunk_bytes - std::min<std::size_t>(offset, chunk_bytes);
  return folder_.read_part(name.hash, std::uint64_t{index} * limits::chunk_bytes + offset, std::min(left, bytes_max));
}

Result<std::uint32_t> FolderAttachments::chunks_sent(const wire::AttachmentName& name) {
  KX_TRY(kept, store_.setting(part_setting(name.hash)));
  std::uint32_t chunks = 0;
  if (kept.has_value()) std::from_chars(kept->data(), kept->data() + kept->size(), chunks);
  return std::min(chunks, name.chunk_count());
}

Status FolderAttachments::note_sent(const wire::AttachmentName& name) {
  KX_TRY(current, generation());
  return store_.set_setting(sent_setting(name.hash), current);
}

Status FolderAttachments::forget_sent() {
  KX_TRY(current, generation());
  std::uint64_t number = 1;
  std::from_chars(current.data(), current.data() + current.size(), number);
  return store_.set_setting(generation_setting, std::to_string(number + 1));
}

Result<std::vector<wire::AttachmentName>> FolderAttachments::missing() {
  KX_TRY(names, named());
  std::vector<wire::AttachmentName> missing;
  for (const wire::AttachmentName& name : names) {
    // A file that a full disk left empty or cut is not there.
    std::error_code failure;
    const std::uint64_t size_bytes = std::filesystem::file_size(folder_.path_of(name.hash), failure);
    if (failure || size_bytes != name.size_bytes) missing.push_back(name);
  }
  return missing;
}

std::filesystem::path FolderAttachments::incoming_path(const wire::AttachmentName& name) const {
  return incoming_ / name.hash.text();
}

Result<std::uint64_t> FolderAttachments::begun(const wire::AttachmentName& name) {
  std::error_code failure;
  const std::uint64_t bytes = std::filesystem::file_size(incoming_path(name), failure);
  if (failure) return std::uint64_t{0};
  if (bytes < name.size_bytes) return bytes;
  // Whole, but not taken over when the program ended: begin anew, the hash decides in the end.
  std::filesystem::remove(incoming_path(name), failure);
  return std::uint64_t{0};
}

Result<bool> FolderAttachments::append(const wire::AttachmentName& name, const Bytes& bytes) {
  KX_CHECK(make_folder(incoming_));
  const std::filesystem::path path = incoming_path(name);
  {
    std::ofstream out(path, std::ios::binary | std::ios::app);
    out.write(as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
      return Error(ErrorCode::unavailable, phrase("{0} cannot be written (the disk may be full); the photo comes "
                                                  "with the next sync",
                                                  {path.string()}));
    }
  }
  std::error_code failure;
  if (std::filesystem::file_size(path, failure) < name.size_bytes && !failure) return false;
  auto whole = read_file(path, limits::attachment_bytes_max);
  std::filesystem::remove(path, failure);
  if (!whole.ok()) return whole.error();
  if (sha256(*whole) != name.hash) {
    return Error(ErrorCode::corrupt,
                 phrase("photo {0} did not arrive whole; the next sync fetches it again", {name.hash.text()}));
  }
  KX_CHECK(folder_.keep(*whole));
  KX_CHECK(note_sent(name));
  return true;
}

}  // namespace kuangxun::client
