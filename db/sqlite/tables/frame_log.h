#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/base/clock.h"
#include "db/frames/frame_store.h"
#include "db/sqlite/connection/database.h"
#include "db/sqlite/tables/dictionary.h"

namespace kuangxun::sqlite {

// Why bytes were set aside. On disk.
enum class SetAside : std::int64_t {
  unbelieved = 1,   // no frame, or its hash or signature does not hold
  key_unknown = 2,  // waits for the county to introduce its writer
  chain_gap = 3,    // waits for the frame that it continues
  own_fork = 4,     // our own chain has something else there; waits until we go on in another epoch
};

// The tables frame, quarantine and fork: signed bytes, verbatim. It keeps and finds; what may stand where is decided
// above it.
class FrameLog {
 public:
  FrameLog(Database& database, Dictionary& dictionary, Clock& clock)
      : database_(database), dictionary_(dictionary), clock_(clock) {}
  // Again after a rollback.
  Status load();

  struct End {
    std::uint64_t through = 0;
    Hash last_frame;
  };
  // Of the chain of a writer, which has no gaps; zeros when there is none.
  Result<End> end_of(std::int64_t writer_index);
  // The hash of the frame that begins there.
  Result<std::optional<Hash>> hash_at(std::int64_t writer_index, std::uint64_t first_sequence);
  // `county_sequence` 0: not known.
  Status insert(const frames::Frame& frame, std::uint64_t county_sequence, bool is_readable);
  Status note_readable(const frames::Frame& frame, bool is_readable);
  Status note_county_sequence(std::int64_t writer_index, std::uint64_t first_sequence, std::uint64_t county_sequence);
  Status forget_county_sequences();
  Result<std::vector<Bytes>> frames_after(std::int64_t writer_index, std::uint64_t after_sequence,
                                          std::size_t bytes_max);
  // In the order in which they came.
  Status for_each(const std::function<Status(frames::Frame)>& visit);
  // The next one behind `after`, in the order in which they came, with its place there; none at the end.
  struct Kept {
    std::int64_t index = 0;
    frames::Frame frame;
  };
  Result<std::optional<Kept>> next_after(std::int64_t after);
  // The first sequence of the frame that holds an operation, if one does.
  Result<std::optional<std::uint64_t>> first_of_frame_with(std::int64_t writer_index, std::uint64_t sequence);
  // Whether such a frame, which ends there, is in its place or among the forks.
  Result<bool> has_frame(const history::WriterId& writer, std::uint64_t last_sequence, const Hash& hash);
  // Last operation that some county sequence number covers.
  Result<std::uint64_t> numbered_through(std::int64_t writer_index);

  struct Waiting {
    std::int64_t index = 0;
    std::uint64_t county_sequence = 0;
    Bytes bytes;
  };
  // `frame` is null when the bytes are none. Bytes that are there already only get the newer reason. True: new.
  Result<bool> set_aside(ByteView bytes, const frames::Frame* frame, std::uint64_t county_sequence, SetAside state,
                         const std::string& reason);
  bool has_set_aside() const { return set_aside_count_ > 0; }
  // Frames set aside of a writer that begin at or before a sequence; `writer_index` 0: bytes that are no frame we know.
  Result<std::vector<Waiting>> set_aside_until(std::int64_t writer_index, std::uint64_t first_sequence_max);
  Result<std::vector<std::int64_t>> writers_set_aside();
  Status drop_set_aside(std::int64_t index);

  // Moves the frames of a writer that hold operations from a sequence on to the forks: evidence that the county holds
  // others in their place.
  Status fork_from(std::int64_t writer_index, std::uint64_t first_sequence);

 private:
  Database& database_;
  Dictionary& dictionary_;
  Clock& clock_;
  std::int64_t set_aside_count_ = 0;
};

}  // namespace kuangxun::sqlite
