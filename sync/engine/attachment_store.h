#pragma once

#include <vector>

#include "sync/wire/messages.h"

namespace kuangxun::engine {

// What the session needs of a laptop's photos. All calls come from one thread.
class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;
  // Files that are here and not known to be whole at the county.
  virtual Result<std::vector<wire::AttachmentName>> unsent() = 0;
  // Bytes of one chunk from `offset` on, at most `bytes_max`.
  virtual Result<Bytes> read(const wire::AttachmentName& name, std::uint32_t index, std::uint32_t offset,
                             std::size_t bytes_max) = 0;
  virtual Status note_sent(const wire::AttachmentName& name) = 0;
  // The county was restored from a backup: whether it has any file must be asked again.
  virtual Status forget_sent() = 0;
  // Files that records name and that are not here.
  virtual Result<std::vector<wire::AttachmentName>> missing() = 0;
  // How many bytes of a missing file are here already.
  virtual Result<std::uint64_t> begun(const wire::AttachmentName& name) = 0;
  // Adds bytes to a missing file at its end. True when that was the last of it and the hash fits: the file is here now.
  // When the hash does not fit everything of it is dropped.
  virtual Result<bool> append(const wire::AttachmentName& name, const Bytes& bytes) = 0;
};

}  // namespace kuangxun::engine
