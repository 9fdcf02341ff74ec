#pragma once

#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/request.h"

namespace kuangxun::inspect {

// What begins the name of a field that is of the point measured at the marker.
constexpr std::string_view marker_point_prefix = "point.";

// The action marker.add on a visit: what was seen of a corner's marker. Fields: those of kind corner-marker; the
// boundary may be left out where the place has only one. With "point.latitude_deg" and others a gps-point of purpose
// boundary-marker is recorded together with it.
Result<Uuid> add_marker(Desk& desk, const Request& request);

}  // namespace kuangxun::inspect
