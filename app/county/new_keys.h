#pragma once

#include "app/county/command.h"
#include "sync/ledger/county_life.h"

namespace kuangxun::county {

// Makes all that a key statement names, safe in the folder. `old_authority`, unless null, signs the new one.
Result<ledger::CountyKeyFacts> make_keys(Context& context, KeyFolder& folder, const Uuid& county,
                                         const certificates::Certificate* old_authority);

}  // namespace kuangxun::county
