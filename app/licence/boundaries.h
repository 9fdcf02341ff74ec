#pragma once

#include <optional>

#include "app/geo/boundary.h"
#include "db/history/record_store.h"

// How what was measured on site stands to the lines that were entered for a place (kind boundary).
namespace kuangxun::licence {

// The line of a place: all its boundaries that stand (not voided) together; nothing when it has none. The corners are
// as good as the worst of them; unknown when one does not say. What is in dispute makes the accuracy unknown: no
// verdict.
Result<std::optional<geo::Boundary>> boundary_of(history::RecordReader& store, const Uuid& place);

// A gps-point to that line.
Result<geo::Placement> place_point(const records::Record& point, const geo::Boundary& boundary);

}  // namespace kuangxun::licence
