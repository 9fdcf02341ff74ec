#pragma once

#include <optional>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::licence {

// For this folder: the boundaries of a place that stand (not voided) and have an outline, in their order.
Result<std::vector<records::Record>> standing_boundaries(history::RecordReader& store, const Uuid& place);

// How good its corners are, radial, 1 sigma; nothing when it does not say, or when anything of it is in dispute.
Result<std::optional<std::int64_t>> corner_accuracy_mm(history::RecordReader& store, const records::Record& boundary);

}  // namespace kuangxun::licence
