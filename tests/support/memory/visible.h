#pragma once

#include <map>
#include <set>

#include "tests/support/memory/laptop_state.h"

namespace kuangxun::tests {

// Which operations of a laptop's state are shown, by the county's decisions in it. Computed from the whole state when
// asked; what was found stays found until forget() is called.
class Visible {
 public:
  explicit Visible(const LaptopState& state) : state_(state) {}

  // Call when operations of the county came, or operations were taken away.
  void forget();

  bool is_hidden(const history::Operation& operation);
  // A base that never came, directly or further down.
  bool is_parked(const history::Operation& operation);
  bool is_shown(const history::Operation& operation) { return !is_hidden(operation) && !is_parked(operation); }
  std::vector<history::Head> heads(const CellOperations& cell);
  // All keys that the county vouches for under this writer.
  std::vector<PublicKey> keys_of(const history::WriterId& writer);

 private:
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  void read_decisions();
  void read_device(const RecordCells& record);
  void read_decision(const RecordCells& record);
  bool is_covered(const history::OperationId& id);
  bool is_voided(const RecordCells& record);
  void cover(const history::WriterId& writer, std::uint64_t first_sequence, std::uint64_t last_sequence);
  std::vector<history::Head> county_heads(const RecordCells& record, records::GroupNumber group);
  bool is_known(const history::OperationId& id);

  const LaptopState& state_;
  bool has_read_ = false;
  std::map<history::WriterId, std::vector<Range>> covered_;
  std::map<history::WriterId, std::vector<PublicKey>> keys_;
  std::set<history::OperationId> known_;   // that are not parked
  std::set<history::OperationId> asking_;  // whose bases are being looked at: hostile ones may go in a circle
};

}  // namespace kuangxun::tests
