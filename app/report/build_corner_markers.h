#pragma once

#include "app/licence/corner_markers.h"
#include "app/report/view_entries.h"

namespace kuangxun::report {

// For this folder: what was seen of a corner's marker, as its paper prints it. `corners`: those of the visited place.
Result<CornerMarkerRow> corner_marker_row(history::RecordReader& store, const history::RecordView& view,
                                          const std::vector<licence::Corner>& corners, const PersonName& person_name);

}  // namespace kuangxun::report
