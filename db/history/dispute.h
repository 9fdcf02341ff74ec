#pragma once

#include <optional>
#include <vector>

#include "db/history/apply.h"

namespace kuangxun::history {

// Two or more people changed the same thing without seeing each other. Data, not an error.
struct Dispute {
  Uuid record;
  records::KindNumber kind = 0;
  // The disputed group; existence_group when a record was voided by one and edited by another.
  records::GroupNumber group = 0;
  std::vector<Head> heads;
  // Edits that whoever voided the record had not seen; only for existence_group.
  std::vector<Head> unseen_edits;
};

// A voided record against edits: the heads of other groups that the void operation did not name among its bases.
std::vector<Head> unseen_by_void(const std::vector<OperationId>& void_bases, const std::vector<Head>& field_heads);

}  // namespace kuangxun::history
