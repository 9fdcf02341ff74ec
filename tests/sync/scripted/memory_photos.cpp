#include "tests/sync/scripted/memory_photos.h"

#include <algorithm>

#include "db/base/limits.h"

namespace kuangxun::tests {
namespace {

Error disk_is_gone() {
  return Error(ErrorCode::unavailable, "the disk is gone");
}

}  // namespace

wire::AttachmentName MemoryPhotos::keep(Bytes file) {
  const wire::AttachmentName name{sha256(file), file.size()};
  files_.insert_or_assign(name.hash, std::move(file));
  return name;
}

Result<std::vector<wire::AttachmentName>> MemoryPhotos::unsent() {
  if (is_broken) return disk_is_gone();
  std::vector<wire::AttachmentName> names;
  for (const auto& [hash, file] : files_) {
    const wire::AttachmentName name{hash, file.size()};
    if (!sent_.contains(name)) names.push_back(name);
  }
  return names;
}

Result<Bytes> MemoryPhotos::read(const wire::AttachmentName& name, std::uint32_t index, std::uint32_t offset,
                                 std::size_t bytes_max) {
  if (is_broken) return disk_is_gone();
  const auto file = files_.find(name.hash);
  if (file == files_.end()) return Error(ErrorCode::not_found, "no such photo");
  const std::size_t begin = std::size_t{index} * limits::chunk_bytes + offset;
  const std::size_t end =
      std::min({(std::size_t{index} + 1) * limits::chunk_bytes, file->second.size(), begin + bytes_max});
  if (begin >= end) return Bytes();
  return Bytes(file->second.begin() + static_cast<std::ptrdiff_t>(begin),
               file->second.begin() + static_cast<std::ptrdiff_t>(end));
}

Status MemoryPhotos::note_sent(const wire::AttachmentName& name) {
  if (is_broken) return disk_is_gone();
  sent_.insert(name);
  return {};
}

Status MemoryPhotos::forget_sent() {
  if (is_broken) return disk_is_gone();
  sent_.clear();
  return {};
}

Result<std::vector<wire::AttachmentName>> MemoryPhotos::missing() {
  if (is_broken) return disk_is_gone();
  std::vector<wire::AttachmentName> names(wanted_.begin(), wanted_.end());
  std::erase_if(names, [&](const wire::AttachmentName& name) { return files_.contains(name.hash); });
  return names;
}

Result<std::uint64_t> MemoryPhotos::begun(const wire::AttachmentName& name) {
  if (is_broken) return disk_is_gone();
  const auto file = begun_.find(name.hash);
  return file == begun_.end() ? std::uint64_t{0} : std::uint64_t{file->second.size()};
}

Result<bool> MemoryPhotos::append(const wire::AttachmentName& name, const Bytes& bytes) {
  if (is_broken) return disk_is_gone();
  Bytes& file = begun_[name.hash];
  file.insert(file.end(), bytes.begin(), bytes.end());
  if (file.size() < name.size_bytes) return false;
  const Bytes whole = std::move(file);
  begun_.erase(name.hash);
  if (sha256(whole) != name.hash) return Error(ErrorCode::corrupt, "the photo is not what its name says");
  sent_.insert(keep(whole));
  return true;
}

}  // namespace kuangxun::tests
