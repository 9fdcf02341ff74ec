#pragma once

#include <map>
#include <optional>
#include <vector>

#include "db/frames/frame.h"
#include "sync/ledger/county.h"

namespace kuangxun::ledger {

// A frame whose hash and signature were checked. `operations` are empty when what it holds cannot be read.
struct BelievedFrame {
  frames::Frame frame;
  Hash hash;
  std::optional<std::vector<history::Operation>> operations;
  bool is_of_other_key = false;  // of Device::other_keys: continues no chain
};

// Checks a frame by its writer's key and reads it. The error says why it is not believed.
Result<BelievedFrame> believe(frames::Frame frame, const PublicKey& key);

// Stores frames inside a transaction: gives them their numbers, grows the Merkle log, countersigns their chains. What
// was taken is written together by finish(), which is called once, last.
class Intake {
 public:
  explicit Intake(County& county) : county_(county) {}

  // The chain as it is with what was taken so far. Borrowed.
  Result<const ports::Chain*> chain(const history::WriterId& writer);
  // The frame continues its chain: the caller has seen to that.
  Status take(const BelievedFrame& believed);
  Status finish();

 private:
  County& county_;
  std::map<history::WriterId, ports::Chain> chains_;
  std::map<history::WriterId, std::uint64_t> touched_;  // and the county sequence of the last frame
  std::vector<ports::StoredFrame> frames_;
  std::vector<ports::OperationEntry> entries_;
};

// The rows of the operation index for a frame.
void add_entries(std::vector<ports::OperationEntry>& entries, const std::vector<history::Operation>& operations,
                 std::uint64_t county_sequence);

}  // namespace kuangxun::ledger
