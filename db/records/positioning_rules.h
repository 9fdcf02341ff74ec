#pragma once

#include <optional>
#include <span>
#include <string>

#include "db/records/record.h"

namespace kuangxun::records {

// What the county asks of a position before it is evidence (kind positioning-rules), for whoever reads it: the county's
// program and every laptop.
struct PositioningRules {
  struct Gate {
    std::int64_t accuracy_mm_max = 0;
    std::optional<int> warm_up_fixes;
    std::optional<std::int64_t> fix_age_ms_max;
  };
  // 1985 height = ellipsoidal height + offset. From the ellipsoid, because every receiver has a geoid of its own.
  struct HeightOffset {
    std::int64_t offset_mm = 0;
    std::int64_t uncertainty_mm = 0;  // 1 sigma
    std::string source;
  };
  // Absent: the program's own limits hold.
  std::optional<Gate> gate;
  bool keeps_sentences = false;
  // Absent, or without its uncertainty: heights are not compared with a licence's elevations.
  std::optional<HeightOffset> height;
};

// The newest record that is not voided speaks (ids grow with time); none: nothing is asked.
PositioningRules read_positioning_rules(std::span<const Record> records);

}  // namespace kuangxun::records
