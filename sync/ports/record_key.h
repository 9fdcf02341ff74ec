#pragma once

#include "db/base/uuid.h"
#include "db/records/describe.h"

namespace kuangxun::ports {

// A record is its id and its kind: one id under two kinds is two records, here as on every laptop.
struct RecordKey {
  Uuid id;
  records::KindNumber kind = 0;
  auto operator<=>(const RecordKey&) const = default;
};

}  // namespace kuangxun::ports
