#pragma once

#include <filesystem>

#include "db/base/attachment_folder.h"
#include "db/sqlite/local_store.h"
#include "sync/engine/attachment_store.h"

namespace kuangxun::client {

// The photos of a laptop: those its photo records name, kept in an AttachmentFolder. Which of them the county has is
// remembered in the store's settings (photo_sent:HASH). Both are borrowed.
class FolderAttachments final : public engine::AttachmentStore {
 public:
  FolderAttachments(sqlite::LocalStore& store, const std::filesystem::path& folder) : store_(store), folder_(folder) {}

  Result<std::vector<wire::AttachmentName>> unsent() override;
  Result<Bytes> read_chunk(const wire::AttachmentName& name, std::uint32_t index) override;
  Status note_sent(const wire::AttachmentName& name) override;
  Result<std::vector<wire::AttachmentName>> missing() override;
  Status keep(const Bytes& file) override;

 private:
  Result<std::vector<wire::AttachmentName>> named();

  sqlite::LocalStore& store_;
  AttachmentFolder folder_;
  // The file that is being sent, so that it is read and proved once.
  Hash open_hash_;
  Bytes open_bytes_;
};

}  // namespace kuangxun::client
