#pragma once

#include <string>

#include "app/printout/check.h"
#include "sync/county/commands.h"

// What headquarters asks of the county's records, as an officer asks a laptop. Nothing is written, and the server that
// runs beside is not kept waiting.
namespace kuangxun::desk {

// The dossier of a place and its verdicts today, out of one snapshot. `place` is an id or a name.
Status look(county::World& world, const county::StoreAddress& address, const std::string& place, bool as_json);

// `check` as at a laptop. `on` as typed, empty for today. Whether no rule fails.
Result<bool> check(county::World& world, const county::StoreAddress& address, const std::string& on,
                   const printout::CheckWords& words);

}  // namespace kuangxun::desk
