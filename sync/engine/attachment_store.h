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
  virtual Result<Bytes> read_chunk(const wire::AttachmentName& name, std::uint32_t index) = 0;
  virtual Status note_sent(const wire::AttachmentName& name) = 0;
  // Files that records name and that are not here.
  virtual Result<std::vector<wire::AttachmentName>> missing() = 0;
  // A whole file; its hash is proved already.
  virtual Status keep(const Bytes& file) = 0;
};

}  // namespace kuangxun::engine
