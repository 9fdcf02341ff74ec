#pragma once

#include <optional>

#include "app/geo/boundary.h"
#include "app/inspect/actions.h"

// The lines of licences and other places (kind boundary), and how what was measured stands to them.
namespace kuangxun::inspect {

// The line of a place: all its boundaries that stand (not voided) together; nothing when it has none. The corners are
// as good as the worst of them; unknown when one does not say. What is in dispute makes the accuracy unknown: no
// verdict.
Result<std::optional<geo::Boundary>> boundary_of(history::RecordStore& store, const Uuid& place);

// A gps-point to that line.
Result<geo::Placement> place_point(const records::Record& point, const geo::Boundary& boundary);

// The action boundary.add: the corner table in Request::file becomes a boundary for each outer ring, with its holes,
// all or nothing; gives the first. Fields: those of the kind, and "central_meridian_deg" for eastings without zone.
Result<Uuid> add_boundary(Desk& desk, const Request& request);

}  // namespace kuangxun::inspect
