#pragma once

#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/request.h"

// The lines of licences and other places (kind boundary): app/licence says how what was measured stands to them.
namespace kuangxun::inspect {

// The action boundary.add: the corner table in Request::file becomes a boundary for each outer ring, with its holes,
// all or nothing; gives the first. Fields: those of the kind, and "central_meridian_deg" for eastings without zone.
Result<Uuid> add_boundary(Desk& desk, const Request& request);

}  // namespace kuangxun::inspect
