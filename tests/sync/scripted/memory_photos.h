#pragma once

#include <map>
#include <set>

#include "sync/engine/attachment_store.h"

namespace kuangxun::tests {

// A laptop's photos in memory.
class MemoryPhotos final : public engine::AttachmentStore {
 public:
  // A photo that is here.
  wire::AttachmentName keep(Bytes file);
  // One that a record names and that is not here.
  void want(const wire::AttachmentName& name) { wanted_.insert(name); }
  bool has(const Hash& hash) const { return files_.contains(hash); }
  bool is_sent(const wire::AttachmentName& name) const { return sent_.contains(name); }

  Result<std::vector<wire::AttachmentName>> unsent() override;
  Result<Bytes> read(const wire::AttachmentName& name, std::uint32_t index, std::uint32_t offset,
                     std::size_t bytes_max) override;
  Status note_sent(const wire::AttachmentName& name) override;
  Status forget_sent() override;
  Result<std::vector<wire::AttachmentName>> missing() override;
  Result<std::uint64_t> begun(const wire::AttachmentName& name) override;
  Result<bool> append(const wire::AttachmentName& name, const Bytes& bytes) override;

  // While true every call fails, as on a disk that was taken away.
  bool is_broken = false;

 private:
  std::map<Hash, Bytes> files_;
  std::map<Hash, Bytes> begun_;
  std::set<wire::AttachmentName> wanted_;
  std::set<wire::AttachmentName> sent_;
};

}  // namespace kuangxun::tests
