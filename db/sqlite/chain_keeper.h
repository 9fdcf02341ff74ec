#pragma once

#include <optional>
#include <vector>

#include "db/frames/frame_store.h"
#include "db/sqlite/store_memory.h"

namespace kuangxun::sqlite {

// Seals frames, gives them away, and keeps what the county says about chains and about itself. As frames::FrameStore
// says, call for call.
class ChainKeeper {
 public:
  ChainKeeper(StoreParts& parts, StoreMemory& memory) : parts_(parts), memory_(memory) {}

  Status seal();
  // So many frames at most, in one transaction. Whether there is more to seal.
  Result<bool> seal_some(std::size_t frames_max);
  Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                          std::size_t bytes_max);
  Result<std::vector<frames::ChainHead>> chains();
  Result<std::vector<frames::ChainHead>> unsent_chains();
  Status note_progress(const frames::ChainProgress& progress);
  Result<frames::ChainProgress> own_progress();
  Status note_checkpoint(const Bytes& sealed);
  Status note_promise(const Bytes& sealed);
  Status start_over(std::uint32_t incarnation);
  Status note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root);

 private:
  Result<bool> seal_own(std::size_t frames_max);
  Result<std::optional<frames::ChainHead>> head_of(std::int64_t writer_index);

  StoreParts& parts_;
  StoreMemory& memory_;
};

}  // namespace kuangxun::sqlite
