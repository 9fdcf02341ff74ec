#pragma once

#include <functional>
#include <optional>

#include "db/base/clock.h"
#include "db/frames/frame_store.h"
#include "db/sqlite/connection/database.h"

namespace kuangxun::sqlite {

// Which kind of checkpoint a row is. On disk.
enum class CheckpointState : std::int64_t { newest = 1, earlier_incarnation = 2, contradiction = 3, promised = 4 };

// What the laptop knows of its county: who it is, where we stand in its sequence, what it signed. Changes happen inside
// the caller's transaction; load() again after a rollback.
class CountyFacts {
 public:
  CountyFacts(Database& database, Clock& clock) : database_(database), clock_(clock) {}
  Status load();

  const frames::KnownCounty& known() const { return known_; }
  // bad_input when it contradicts what is known.
  Status add(const frames::KnownCounty& county);

  Result<frames::CountyMark> mark();
  Status set_mark(const frames::CountyMark& mark);

  Result<Bytes> newest_checkpoint() { return checkpoint_in(CheckpointState::newest); }
  Status set_newest_checkpoint(const Bytes& sealed) { return set_checkpoint(CheckpointState::newest, sealed); }
  // Of more than was pulled.
  Result<Bytes> promised_checkpoint() { return checkpoint_in(CheckpointState::promised); }
  Status set_promised_checkpoint(const Bytes& sealed) { return set_checkpoint(CheckpointState::promised, sealed); }
  // Both become evidence of an earlier incarnation.
  Status retire_checkpoint();
  Status add_contradiction(const Bytes& sealed, const Hash& own_root);

  // `writer_index` is of one of our own chains. Known receipts are passed over.
  Status add_receipt(std::int64_t writer_index, std::uint64_t stored_through, const Bytes& sealed);
  // The newest of that writer; of any when 0. Empty for none.
  Result<Bytes> newest_receipt(std::int64_t writer_index);
  struct KeptReceipt {
    std::int64_t writer_index = 0;
    Bytes sealed;
  };
  Result<std::vector<KeptReceipt>> receipts();
  struct KeptCheckpoint {
    CheckpointState state = CheckpointState::newest;
    std::int64_t since_ms = 0;
    Bytes sealed;
  };
  Result<std::vector<KeptCheckpoint>> checkpoints();

 private:
  // The one in that state; empty for none.
  Result<Bytes> checkpoint_in(CheckpointState state);
  // In place of the one in that state.
  Status set_checkpoint(CheckpointState state, const Bytes& sealed);
  Status insert_checkpoint(CheckpointState state, const Bytes& sealed, const Hash* own_root);

  Database& database_;
  Clock& clock_;
  frames::KnownCounty known_;
};

}  // namespace kuangxun::sqlite
