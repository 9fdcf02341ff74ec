#pragma once

#include <span>
#include <vector>

#include "app/geo/area_uncertainty.h"
#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/request.h"
#include "db/records/track_block.h"

// What somebody walked round.
namespace kuangxun::inspect {

// A walk is closed when it comes back to where it began so near, or within three times the worse of the two accuracies
// where that is more, up to walk_gap_m_max.
constexpr double walk_gap_m = 20;
constexpr double walk_gap_m_max = 50;

// The outline of a walk that comes back to its beginning: without the receiver's first fixes and what was walked beyond
// the beginning, with corners at least 2 m and half an accuracy apart, and without the loops that a receiver draws
// round somebody who stands still (no wider than six times its accuracy, 30 m at most). bad_input says what keeps it
// from being an area: too few points, not closed (how far it is), interrupted (where), crossing itself (when).
Result<std::vector<geo::MeasuredCorner>> outline_of_walk(std::span<const records::TrackPoint> points);

// While somebody walks: closed by a straight line from here to the beginning.
struct LiveWalk {
  double length_m = 0;
  double closing_m = 0;            // from here to the beginning
  std::optional<double> area_m2;   // nothing while the line crosses itself
  std::optional<double> error_m2;  // 1 sigma
};
LiveWalk measure_walk(std::span<const records::TrackPoint> points);

// The action area.walk: the visit's newest track, or the one whose first block "track" names, between "from" and "to"
// (instants; absent: all of it) becomes a walked area. Other fields are those of the kind.
Result<Uuid> add_walk(Desk& desk, const Request& request);

}  // namespace kuangxun::inspect
