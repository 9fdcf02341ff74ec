#pragma once

#include <functional>
#include <vector>

#include "db/history/visibility.h"
#include "db/sqlite/tables/keys.h"

namespace kuangxun::sqlite {

struct CellEntry {
  CellKey cell = 0;
  OperationKey operation = 0;
  auto operator<=>(const CellEntry&) const = default;
};
struct ParkedEntry {
  OperationKey missing = 0;
  OperationKey operation = 0;
  auto operator<=>(const ParkedEntry&) const = default;
};

// Heads and parked operations of a whole log at once, in memory, as visibility.h defines them: 16 bytes an operation
// and 24 a base, so that a million fit. Used to write the projection in bulk and to prove it. Knows nothing of the
// store, so any one thread at a time may use it.
class HeadFinder {
 public:
  // Every operation once, in any order.
  void add(OperationKey operation, CellKey cell, const std::vector<OperationKey>& bases);
  void reserve(std::size_t operations);

  struct Part {
    std::vector<CellEntry> heads;  // ascending
    std::vector<ParkedEntry> parked;
  };
  // First the records that only the county may write: what they say decides about the rest. `county_records` are the
  // indexes of all records of such kinds, ascending; `writers` those of all operations, by their index less one.
  Part find_county(std::vector<history::WriterId> writers, const Uuid& county,
                   const std::vector<std::int64_t>& county_records);
  // Then everything else, once.
  Part find_rest(const history::Visibility& visibility);

 private:
  struct Edge {
    CellKey cell;  // of the operation that names the base
    OperationKey base;
    OperationKey operation;
  };
  Part find(std::vector<CellEntry> entries, std::vector<Edge> edges, const history::Visibility& visibility) const;
  std::vector<ParkedEntry> find_parked(const std::vector<CellEntry>& entries, const std::vector<Edge>& edges,
                                       const history::Visibility& visibility) const;
  bool is_here(OperationKey operation) const;
  const history::WriterId& writer_of(OperationKey operation) const;
  history::OperationId id_of(OperationKey operation) const;

  std::vector<history::WriterId> writers_;
  std::vector<CellEntry> entries_;
  std::vector<Edge> edges_;
  std::vector<OperationKey> all_;  // ascending
};

}  // namespace kuangxun::sqlite
