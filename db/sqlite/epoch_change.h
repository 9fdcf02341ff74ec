#pragma once

#include <map>
#include <optional>
#include <vector>

#include "db/sqlite/edit_writer.h"
#include "db/sqlite/frame_intake.h"

namespace kuangxun::sqlite {

// The epochs of this laptop: a new key after the old one was lost, or after it turned out that another copy of this
// laptop wrote under the same one.
class EpochChange {
 public:
  EpochChange(StoreParts& parts, StoreMemory& memory, EditWriter& editor, PendingRows& pending, FrameIntake& intake)
      : parts_(parts), memory_(memory), editor_(editor), pending_(pending), intake_(intake) {}

  // As frames::FrameStore says.
  std::optional<PublicKey> own_key(std::uint32_t epoch) const;
  Result<frames::NextEpoch> prepare(std::uint32_t not_before);
  Status enter(const frames::NextEpoch& next, std::uint64_t first_lost);
  // Of the prepared epoch; not_found when none is prepared.
  Result<SigningKey> prepared_key() const;

 private:
  using Mapped = std::map<history::OperationId, history::OperationId>;
  // Writes what the former epoch cannot carry anew, and says what became what.
  Result<Mapped> rehome(const std::vector<history::Operation>& operations, const history::WriterId& into);
  Status note_rehomed(const history::Operation& original, OperationKey key, bool has_lost_signature);
  Status map_pending(const Mapped& mapped);
  Result<std::uint64_t> first_to_move(std::int64_t former, std::uint64_t first_lost);

  StoreParts& parts_;
  StoreMemory& memory_;
  EditWriter& editor_;
  PendingRows& pending_;
  FrameIntake& intake_;
};

}  // namespace kuangxun::sqlite
