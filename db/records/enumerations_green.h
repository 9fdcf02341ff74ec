#pragma once

#include "db/records/describe.h"

// The closed lists of green-mine records. Numbers are for ever.
namespace kuangxun::records {

extern const EnumerationDescription green_level_enumeration;
extern const EnumerationDescription na_rule_enumeration;  // what is done with items that do not apply to a mine
extern const EnumerationDescription green_step_enumeration;
extern const EnumerationDescription green_tier_enumeration;

}  // namespace kuangxun::records
