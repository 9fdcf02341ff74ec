#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "db/frames/frame_store.h"
#include "db/history/record_store.h"
#include "tests/support/memory/frame_shelf.h"

namespace kuangxun::tests {

struct HeldFrame {
  std::shared_ptr<const Bytes> bytes;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  Hash hash;
  std::uint64_t county_sequence = 0;  // 0: not known to be at the county
};

// A frame that may be believed later: its writer's key or the frames before it have not come yet.
struct WaitingFrame {
  std::shared_ptr<const Bytes> bytes;
  std::uint64_t county_sequence = 0;
};

using CellOperations = std::vector<OperationPointer>;
using RecordCells = std::map<records::GroupNumber, CellOperations>;
using RecordName = std::pair<records::KindNumber, Uuid>;

// Everything that a laptop keeps, as a value: a copy of it is a backup, a cloned folder, or where a fallen transaction
// goes back to.
struct LaptopState {
  Uuid device;
  std::uint32_t epoch = 1;
  std::shared_ptr<const SigningKey> key;        // of the current epoch; none when it was lost
  std::map<std::uint32_t, PublicKey> own_keys;  // of all epochs
  std::shared_ptr<const SigningKey> prepared_key;
  std::uint32_t prepared_epoch = 0;

  std::map<history::WriterId, std::vector<HeldFrame>> chains;  // each without a gap from its start
  std::vector<WaitingFrame> waiting;
  std::vector<std::shared_ptr<const Bytes>> forked;  // displaced by what stands at the county; kept as evidence
  std::set<Hash> not_believed;
  std::map<history::OperationId, OperationPointer> operations;  // own unsealed ones too
  std::map<RecordName, RecordCells> records;
  std::map<std::pair<Uuid, records::GroupNumber>, history::PendingEdit> pending;

  frames::KnownCounty county;
  frames::CountyMark mark;
  Bytes checkpoint;
  Bytes promise;
  std::vector<Bytes> old_checkpoints;
  std::vector<std::pair<Bytes, Hash>> contradictions;
  std::map<history::WriterId, frames::ChainProgress> progress;

  history::WriterId own_writer() const { return {device, epoch}; }
  // The last operation of a chain that is held, sealed; 0 for none.
  std::uint64_t through(const history::WriterId& writer) const;
  // The last operation of our own, sealed or not.
  std::uint64_t last_own() const;
};

}  // namespace kuangxun::tests
