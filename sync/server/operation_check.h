#pragma once

#include <string>

#include "db/history/operation.h"

namespace kuangxun::server {

// Why an operation that was read well cannot be shown, or the empty text. Ranges are no reason: what was recorded is
// kept and shown as it is. Kinds, groups and fields that this program does not know are no reason either: a newer
// program wrote them; they are kept, passed on and not shown.
std::string why_meaningless(const history::Operation& operation);

}  // namespace kuangxun::server
