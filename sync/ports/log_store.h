#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "db/base/hash.h"
#include "db/base/result.h"
#include "db/history/operation.h"
#include "sync/ports/record_key.h"

namespace kuangxun::ports {

// How far the county is with one writer's chain. Zeros for a writer of whom nothing came.
struct Chain {
  history::WriterId writer;
  // Known to who stores.
  std::uint64_t stored_through = 0;
  Hash last_frame;
  std::int64_t received_at_ms = 0;  // of the newest frame
  Bytes receipt;                    // the newest
  // Known to who applies.
  std::uint64_t merged_through = 0;   // every operation up to here was applied, parked or found unreadable
  std::uint64_t applied_through = 0;  // before the first parked one
};

struct StoredFrame {
  std::uint64_t county_sequence = 0;
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  Hash hash;
  std::int64_t received_at_ms = 0;
  Bytes bytes;  // verbatim
};

// Another frame stands at its place: the laptop's data was copied or restored. Kept for ever, in no sequence.
struct Fork {
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  Hash hash;
  std::int64_t received_at_ms = 0;
  Bytes bytes;
};

// Where an operation stands: the `position`-th of its frame, from 0.
struct OperationPlace {
  std::uint64_t county_sequence = 0;
  std::uint32_t position = 0;
  auto operator<=>(const OperationPlace&) const = default;
};

// A row of the operation index. The operation itself is in its frame and nowhere else.
struct OperationEntry {
  OperationPlace place;
  RecordKey record;
  records::GroupNumber group = 0;
  Uuid person;
  std::int64_t wall_ms = 0;
};

// A run of the county's sequence without gaps. Frames of the asker have no bytes.
struct FramePage {
  std::vector<StoredFrame> frames;
  bool has_more = false;
};

struct PageLimits {
  std::size_t bytes_max = 0;      // of frames with bytes together, but one of them comes whatever its size
  std::uint32_t frames_max = 0;   // with bytes
  std::uint32_t skipped_max = 0;  // without
};

// What came, verbatim and in order: chains, frames, what forked off them, and where in them the operations stand.
class LogStore {
 public:
  virtual ~LogStore() = default;

  // One for each writer asked, in that order.
  virtual Result<std::vector<Chain>> chains(std::span<const history::WriterId> writers) = 0;
  // Of everybody who ever wrote, ascending by writer.
  virtual Result<std::vector<Chain>> all_chains() = 0;
  // The first part of each, and its receipt, which is kept for ever.
  virtual Status set_chains(std::span<const Chain> chains) = 0;
  // The second part.
  virtual Status set_progress(std::span<const Chain> chains) = 0;

  // Their numbers continue the county's sequence.
  virtual Status add_frames(std::span<const StoredFrame> frames) = 0;
  // The hashes of one chain's frames that begin within these operations, by their first operation.
  virtual Result<std::map<std::uint64_t, Hash>> frame_hashes(const history::WriterId& writer, std::uint64_t first,
                                                             std::uint64_t last) = 0;
  virtual Result<FramePage> page(std::uint64_t after, const history::WriterId& asker, const PageLimits& limits) = 0;
  // Frames of one chain that hold any of these operations, in its order, at most `bytes_max` together (but one).
  virtual Result<std::vector<StoredFrame>> frames_of(const history::WriterId& writer, std::uint64_t first,
                                                     std::uint64_t last, std::size_t bytes_max) = 0;
  // By their county sequence, ascending; numbers that are not there are left out.
  virtual Result<std::vector<StoredFrame>> frames_at(const std::set<std::uint64_t>& county_sequences) = 0;
  virtual Status add_fork(const Fork& fork) = 0;  // once, however often it comes
  virtual Result<std::vector<Fork>> forks(std::uint32_t count_max) = 0;
  virtual Result<bool> has_fork(const Hash& frame) = 0;
  // The last operation of a writer that a fork holds; 0 for none.
  virtual Result<std::uint64_t> forked_through(const history::WriterId& writer) = 0;

  virtual Status add_operations(std::span<const OperationEntry> entries) = 0;
  // Whether the operations of a frame are in the index.
  virtual Result<bool> is_indexed(std::uint64_t county_sequence) = 0;
  // Every operation on these records, ascending by place.
  virtual Result<std::vector<OperationPlace>> places_of(const std::set<RecordKey>& records) = 0;
};

}  // namespace kuangxun::ports
