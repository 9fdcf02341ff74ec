#pragma once

#include <iosfwd>
#include <string>

#include "app/printout/check_words.h"
#include "db/base/calendar.h"
#include "sync/county/store_address.h"

// What headquarters asks of the county's records, as an officer asks a laptop. Nothing is written, and the server that
// runs beside is not kept waiting.
namespace kuangxun::desk {

struct Desk {
  const county::StoreAddress& address;
  Day today;
  std::ostream& out;
  std::ostream& err;
};

// The dossier of a place and its verdicts today, out of one snapshot. `place` is an id or a name.
Status look(const Desk& desk, const std::string& place, bool as_json);

// `check` as at a laptop. `on` as typed, empty for today. Whether no rule fails.
Result<bool> check(const Desk& desk, const std::string& on, const printout::CheckWords& words);

}  // namespace kuangxun::desk
