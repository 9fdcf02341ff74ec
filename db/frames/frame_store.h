#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "db/base/result.h"
#include "db/frames/frame.h"

namespace kuangxun::frames {

// A frame at its place in the county's sequence (which follows commit order).
struct SequencedFrame {
  std::uint64_t county_sequence = 0;
  Bytes bytes;
};

// How far the county is with one writer's chain.
struct ChainProgress {
  history::WriterId writer;
  std::uint64_t stored_through = 0;   // last operation whose signed bytes the county has
  std::uint64_t applied_through = 0;  // last operation that its tables show
  Hash receipt;                       // of the county's newest receipt for this writer; zero for none
};

struct ApplyCounts {
  std::uint64_t frames = 0;       // new here
  std::uint64_t operations = 0;   // new here
  std::uint64_t duplicates = 0;   // frames already here
  std::uint64_t quarantined = 0;  // kept, but not shown: could not be believed or understood
};

// What the sync session needs of the laptop's store. All calls come from one thread.
class FrameStore {
 public:
  virtual ~FrameStore() = default;

  virtual history::WriterId own_writer() = 0;
  // Seals what is not sealed yet. No frame when there is nothing to seal.
  virtual Status seal() = 0;
  // Own frames whose last operation comes after `after_sequence`, oldest first, at most `bytes_max` bytes together (but
  // at least one).
  virtual Result<std::vector<Bytes>> own_frames_after(std::uint64_t after_sequence, std::size_t bytes_max) = 0;
  virtual Status note_progress(const ChainProgress& progress) = 0;
  virtual Result<ChainProgress> own_progress() = 0;

  // What the county says of another device; its frames are checked against this key from then on.
  virtual Status note_device(const Uuid& device, const PublicKey& key, const std::string& name) = 0;

  // The place in the county's sequence up to which everything was pulled.
  virtual Result<std::uint64_t> county_cursor() = 0;
  // Applies pulled frames and moves the cursor to `cursor_after`, in one transaction. The county vouches for the frames
  // (it verified them against its devices); their own hashes and shapes are checked again here.
  virtual Result<ApplyCounts> apply_pulled(const std::vector<SequencedFrame>& frames, std::uint64_t cursor_after) = 0;
};

}  // namespace kuangxun::frames
