#pragma once

#include <filesystem>

#include "db/base/attachment_folder.h"
#include "db/sqlite/laptop_store.h"
#include "sync/engine/attachment_store.h"

namespace kuangxun::client {

// The photos of a laptop: those its photo records name, kept in an AttachmentFolder. Which of them the county has is
// remembered in the store's settings (photo_sent:HASH); what has come of a missing one lies in FOLDER/incoming. Both
// are borrowed.
class FolderAttachments final : public engine::AttachmentStore {
 public:
  FolderAttachments(sqlite::LaptopStore& store, const std::filesystem::path& folder)
      : store_(store), folder_(folder), incoming_(folder / "incoming") {}

  Result<std::vector<wire::AttachmentName>> unsent() override;
  Result<Bytes> read(const wire::AttachmentName& name, std::uint32_t index, std::uint32_t offset,
                     std::size_t bytes_max) override;
  Status note_sent(const wire::AttachmentName& name) override;
  Status forget_sent() override;
  Result<std::vector<wire::AttachmentName>> missing() override;
  Result<std::uint64_t> begun(const wire::AttachmentName& name) override;
  Result<bool> append(const wire::AttachmentName& name, const Bytes& bytes) override;

  // Every photo that a record names.
  Result<std::vector<wire::AttachmentName>> named();
  // Chunks of one that is not wholly at the county, from the first on, that were given to the link.
  Result<std::uint32_t> chunks_sent(const wire::AttachmentName& name);

 private:
  Result<std::string> generation();
  std::filesystem::path incoming_path(const wire::AttachmentName& name) const;

  sqlite::LaptopStore& store_;
  AttachmentFolder folder_;
  std::filesystem::path incoming_;
};

}  // namespace kuangxun::client
