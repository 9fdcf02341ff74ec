#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "db/history/operation.h"

// What everybody must show after these operations, said once more and as simply as possible, by other code than the
// stores': nothing of db/history is used but what an operation is.
namespace kuangxun::simulation {

// One merge group of one record.
struct ShownCell {
  std::map<history::OperationId, std::vector<records::FieldValue>> heads;
  bool is_disputed = false;
  bool operator==(const ShownCell&) const = default;
};
struct CellName {
  records::KindNumber kind = 0;
  Uuid record;
  records::GroupNumber group = 0;
  auto operator<=>(const CellName&) const = default;
  std::string text() const;
};
using Projection = std::map<CellName, ShownCell>;

// "" or the first thing that differs.
std::string first_difference(const Projection& one, const Projection& other);

class MergeModel {
 public:
  using Operations = std::map<history::OperationId, std::shared_ptr<const history::Operation>>;
  MergeModel(const Operations& operations, const Uuid& county);

  const Projection& projection() const { return projection_; }
  bool is_hidden(const history::Operation& operation) const;
  const std::set<history::OperationId>& parked() const { return parked_; }
  // "", or a parked operation with the base it waits for, of which nothing is in the log.
  std::string first_waiting() const;
  // Concurrent operations of one group of one record with unequal values that stand beside each other.
  std::uint64_t disputes() const;

 private:
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  void read_decisions();
  void find_parked();
  void show();
  void show_void_disputes();
  bool covers(const history::OperationId& id) const;
  using Cell = std::vector<const history::Operation*>;
  std::vector<const history::Operation*> heads_of(const Cell& cell) const;
  const history::Operation* newest_head(const CellName& name) const;

  const Operations& operations_;
  Uuid county_;
  std::map<CellName, Cell> cells_;
  std::map<history::WriterId, std::vector<Range>> covered_;
  std::set<history::OperationId> parked_;
  Projection projection_;
};

}  // namespace kuangxun::simulation
