#pragma once

#include "db/records/describe.h"

// The closed lists of green-mine records. Numbers are for ever.
namespace kuangxun::records {

extern const EnumerationDescription green_level_enumeration;
extern const EnumerationDescription na_rule_enumeration;
extern const EnumerationDescription green_step_enumeration;
extern const EnumerationDescription green_tier_enumeration;

namespace green_level {
constexpr std::int64_t national = 1, regional = 2;
}
// What is done with items that do not apply to a mine.
namespace na_rule {
constexpr std::int64_t rescale = 1, full_marks = 2, zero = 3;
}
namespace green_step {
constexpr std::int64_t self_assessment = 1, prefecture_review = 2, third_party = 3, spot_check = 4, publication = 5,
                       county_opinion = 6;
}

}  // namespace kuangxun::records
