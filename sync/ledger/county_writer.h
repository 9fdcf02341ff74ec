#pragma once

#include <span>
#include <vector>

#include "sync/ledger/county.h"

namespace kuangxun::ledger {

// New values for one group of one of the county's records.
struct CountyEdit {
  Uuid record;
  records::KindNumber kind = 0;
  records::GroupNumber group = 0;
  std::vector<records::FieldValue> values;
};

// The county writes: operations of its own chain, based on what it knows, sealed with its key, stored like any frame
// and shown at once. Each group of a record is named once. Inside a transaction that applies; from here on it stores
// too.
Status write_as_county(County& county, CountyTransaction& transaction, std::span<const CountyEdit> edits);

// Operations of the county's chains that were just stored, its own or those that a laptop brought back after a restore:
// they are shown, and what they decide takes effect. Inside a transaction that applies and stores.
Status show_county_operations(County& county, std::span<const std::vector<history::Operation>> frames);

}  // namespace kuangxun::ledger
