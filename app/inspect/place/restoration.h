#pragma once

#include <optional>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::inspect {

// A restoration unit with its latest status: the one observed last (of one day, the one recorded last). Void statuses
// and those of void visits do not count.
struct UnitProgress {
  records::Record unit;
  std::optional<records::Record> latest;
  bool is_disputed = false;  // the latest status has an open dispute
};

// How far the restoration of a place is, in ten-thousandths of a hectare (the scale of area_ha). Finished hectares are
// the areas of units whose latest status is 完工, against the place's own area. The plan's county figures stand beside
// it for the reader and are never added to or divided by it (the six projects have 64.0 ha, the plan says
// 36.57 untreated and about 9.40 as its target).
struct RestorationProgress {
  std::vector<UnitProgress> units;
  std::optional<std::int64_t> own_area_ha_e4;
  std::int64_t finished_ha_e4 = 0;
  // Finished units whose status has no area: finished_ha_e4 is then at least that.
  int finished_without_area = 0;
  std::optional<std::int64_t> plan_target_ha_e4;     // the plan's target of restored legacy land (R07)
  std::optional<std::int64_t> plan_untreated_ha_e4;  // the plan's untreated legacy land
};

// Of the units under one place; a place without units gives none.
Result<RestorationProgress> restoration_progress(history::RecordReader& store, const records::Record& place);

}  // namespace kuangxun::inspect
