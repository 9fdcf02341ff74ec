#pragma once

#include <vector>

#include "db/history/operation.h"

namespace kuangxun::history {

// An operation that no applied operation of its group supersedes.
struct Head {
  OperationId id;
  HybridTime time;
  Uuid person;
  std::vector<records::FieldValue> values;
  bool operator==(const Head&) const = default;
};

// The merge: the heads of a group after `operation`, all of whose bases are applied already (an operation whose base is
// missing is parked by the caller until it comes). The result does not depend on the order in which concurrent
// operations arrive. Heads are kept ascending by id.
std::vector<Head> apply(std::vector<Head> heads, const Operation& operation);

// More than one head with unequal values: all are kept, shown, and settled by an operation whose bases are these heads.
bool is_disputed(const std::vector<Head>& heads);

// What tables show: the only value, or of a dispute the value that stands last in display order. Marked as disputed
// wherever it is shown; nothing is decided by it. `heads` is not empty.
const Head& shown_head(const std::vector<Head>& heads);

// The ids of the heads, for the bases of the next edit.
std::vector<OperationId> ids_of(const std::vector<Head>& heads);

}  // namespace kuangxun::history
