#pragma once

#include <optional>
#include <vector>

#include "db/sqlite/edit_writer.h"
#include "db/sqlite/frame_intake.h"

namespace kuangxun::sqlite {

// The epochs of this laptop: a new key after the old one was lost, or after it turned out that another copy of this
// laptop wrote under the same one.
class EpochChange {
 public:
  EpochChange(StoreParts& parts, StoreMemory& memory, EditWriter& editor, FrameIntake& intake)
      : parts_(parts), memory_(memory), editor_(editor), intake_(intake) {}

  // As frames::FrameStore says.
  std::optional<PublicKey> own_key(std::uint32_t epoch) const;
  Result<frames::NextEpoch> prepare(std::uint32_t not_before);
  Status enter(const frames::NextEpoch& next, std::uint64_t first_lost);
  // Of the prepared epoch; not_found when none is prepared.
  Result<SigningKey> prepared_key() const;

 private:
  // Writes what the former epoch cannot carry anew. What is being typed may go on naming the former operations: they
  // are followed when it becomes an operation.
  Status rehome(const std::vector<history::Operation>& operations, const history::WriterId& into);
  Result<std::uint64_t> first_to_move(std::int64_t former, std::uint64_t first_lost);

  StoreParts& parts_;
  StoreMemory& memory_;
  EditWriter& editor_;
  FrameIntake& intake_;
};

}  // namespace kuangxun::sqlite
