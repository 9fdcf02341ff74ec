#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "db/base/result.h"
#include "db/history/operation.h"
#include "db/history/visibility.h"
#include "sync/ports/record_key.h"

namespace kuangxun::ports {

struct HeadKey {
  RecordKey record;
  records::GroupNumber group = 0;
  history::OperationId id;
  auto operator<=>(const HeadKey&) const = default;
};

// An operation whose bases have not come.
struct ParkedOperation {
  history::OperationId id;
  std::vector<history::OperationId> missing;
};

// What others are based on and the county does not have: operations of one writer, from `first_sequence` on.
struct AwaitedChain {
  history::WriterId writer;
  std::uint64_t first_sequence = 0;
  std::uint64_t waiting = 0;  // operations that wait for any of them
  std::int64_t since_ms = 0;  // when the first of those was received
};

// What stands of what came: the heads of every record, and the operations that wait for a base.
class MergeStore {
 public:
  virtual ~MergeStore() = default;

  // Heads are whole operations. Those of these records; those of all records that only the county writes.
  virtual Result<std::vector<history::Operation>> heads_of(const std::set<RecordKey>& records) = 0;
  virtual Result<std::vector<history::Operation>> registry_heads() = 0;
  virtual Status remove_heads(std::span<const HeadKey> heads) = 0;
  virtual Status add_heads(std::span<const history::Operation> heads) = 0;

  virtual Result<bool> has_parked() = 0;
  virtual Status park(std::span<const ParkedOperation> parked) = 0;
  virtual Status unpark(const std::set<history::OperationId>& ids) = 0;
  // Those of `ids` that are parked.
  virtual Result<std::set<history::OperationId>> parked_among(const std::set<history::OperationId>& ids) = 0;
  // Parked operations that wait for one of `bases`.
  virtual Result<std::set<history::OperationId>> parked_on(const history::WriterRanges& bases) = 0;
  virtual Result<std::optional<std::uint64_t>> first_parked(const history::WriterId& writer) = 0;
  // Ascending by writer.
  virtual Result<std::vector<AwaitedChain>> awaited_chains() = 0;
};

}  // namespace kuangxun::ports
