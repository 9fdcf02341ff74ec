#pragma once

#include "sync/ledger/county.h"

namespace kuangxun::ledger {

// Shows what was stored as the county decided about it, and decides nothing: for frames that the county has judged
// already, which come by a backup or a package. What is judged a second time, with the people and keys of today, could
// end otherwise. Needs no key of the county's.
Status follow_county(ports::CountyStore& store, Clock& clock, Random& random);

}  // namespace kuangxun::ledger
