#pragma once

#include <string>
#include <vector>

#include "db/frames/frame_store.h"
#include "db/sqlite/store_memory.h"
#include "db/sqlite/table_builder.h"
#include "db/sqlite/writer_keys.h"

namespace kuangxun::sqlite {

// How frames come in. Each is proved, put at its place in its writer's chain, and shown; what cannot be placed yet
// waits.
class FrameIntake {
 public:
  FrameIntake(StoreParts& parts, StoreMemory& memory, TableBuilder& builder, WriterKeys& keys)
      : parts_(parts), memory_(memory), builder_(builder), keys_(keys) {}

  // In one transaction with the new place in the county's sequence; none: the place stays.
  // When decisions touch what is here, everything is shown anew: at once, or `later`, by whoever cuts that into steps.
  enum class Showing { at_once, later };
  Result<frames::ApplyCounts> apply(const std::vector<frames::SequencedFrame>& frames, const frames::CountyMark* after,
                                    Showing showing = Showing::at_once);
  // A page of so many operations is about to come in parts, each applied by itself.
  Status begin_page(std::uint64_t operations);
  // A county's keys may let frames in that waited for them.
  Status note_county(const frames::KnownCounty& county);
  // The registers, unless they are here.
  Status adopt_registers(const frames::Frame& pinned);

  // Inside a transaction: tries again what waits of a writer.
  Status retry(std::int64_t writer_index, frames::ApplyCounts& counts);
  // Inside a transaction, at its end: shows everything anew when decisions touched what is here; later, when
  // everything pulled will be shown at once.
  Status settle();

 private:
  // What became of a frame that came.
  enum class Fate { kept, known, set_aside };

  Status take(const frames::SequencedFrame& sequenced, frames::ApplyCounts& counts);
  Result<Fate> place(const frames::Frame& frame, std::uint64_t county_sequence, frames::ApplyCounts& counts);
  Result<Fate> set_aside(const frames::Frame& frame, std::uint64_t county_sequence, SetAside state,
                         const std::string& reason);
  Status displace(std::int64_t writer_index, std::uint64_t first_sequence);
  Status keep(const frames::Frame& frame, std::uint64_t county_sequence, frames::ApplyCounts& counts);
  Status retry_everybody(frames::ApplyCounts& counts);
  // At once.
  Status settle_now();
  Status refresh_visibility();
  // Whether a page of so many operations is so large that it is shown later, with all others.
  Result<bool> begins_bulk(std::uint64_t arriving);

  StoreParts& parts_;
  StoreMemory& memory_;
  TableBuilder& builder_;
  WriterKeys& keys_;
  bool has_new_keys_ = false;  // inside one transaction
};

}  // namespace kuangxun::sqlite
