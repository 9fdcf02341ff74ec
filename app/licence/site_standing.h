#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/geo/boundary.h"
#include "app/geo/elevation.h"
#include "db/base/calendar.h"
#include "db/history/record_store.h"

namespace kuangxun::licence {

// One thing that was measured, and how it stands.
struct Found {
  std::string what;  // "采场 东坑"
  geo::Standing standing = geo::Standing::cannot_tell;
  std::string words;  // what, how far, with which error
  bool is_example = false;
};

// What was measured of a place that lies within its line, or its elevations, or not. Each list is that of the newest
// visit (not voided, begun on or before the day) that measured any such thing; "cannot_tell" stands for what could not
// be compared, and why.
struct SiteStanding {
  std::vector<Found> extraction;  // areas and points of extraction
  std::vector<Found> other;       // dumps, ponds, sites, roads
  std::vector<Found> elevations;  // of points of extraction: inside is within the elevations
  bool has_boundary = false;
  std::string boundary_problem;  // why the boundaries that were entered cannot be used
  bool has_elevations = false;
};
Result<SiteStanding> site_standing(history::RecordReader& store, const Uuid& place, Day on);

}  // namespace kuangxun::licence
