#pragma once

#include <string>
#include <vector>

#include "app/inspect/edit/document.h"
#include "db/base/uuid.h"

namespace kuangxun::pages {

// One field of one record, or of a record that comes into being with the first character typed or the first choice.
struct FieldAddress {
  Uuid record;  // nil: does not exist yet
  records::KindNumber kind = 0;
  std::string field;
  // What such a new record begins with (its visit, its role, ...).
  std::vector<inspect::FieldText> seed = {};
  // Fields of the same merge group that typing sets too (an area that is typed is an entered one).
  std::vector<inspect::FieldText> also = {};
};

}  // namespace kuangxun::pages
