#pragma once

#include <cstdint>
#include <optional>

#include "db/base/bytes.h"
#include "db/base/hash.h"
#include "db/base/result.h"
#include "sync/wire/messages.h"

namespace kuangxun::ports {

// Photos, chunk by chunk.
class ChunkStore {
 public:
  virtual ~ChunkStore() = default;

  virtual Result<wire::ChunkMap> chunk_map(const wire::AttachmentName& name) = 0;
  // A chunk, or its beginning as far as it came; empty when nothing is there.
  virtual Result<Bytes> chunk(const Hash& file, std::uint32_t index) = 0;
  // In place of what was there of this chunk.
  virtual Status set_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) = 0;
  virtual Status set_whole(const wire::AttachmentName& name) = 0;
  virtual Status drop_chunks(const Hash& file) = 0;
  // The size of a file that is there whole.
  virtual Result<std::optional<std::uint64_t>> whole_size_bytes(const Hash& file) = 0;
};

}  // namespace kuangxun::ports
