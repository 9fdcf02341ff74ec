#include "app/report/build_corner_markers.h"

#include "db/language/language.h"
#include "db/records/handles/corner_marker.h"

namespace kuangxun::report {

Result<CornerMarkerRow> corner_marker_row(history::RecordReader& store, const history::RecordView& view,
                                          const std::vector<licence::Corner>& corners, const PersonName& person_name) {
  CornerMarkerRow row;
  row.state = text_entry(view, records::corner_marker::state, person_name);
  row.note = text_entry(view, records::corner_marker::note, person_name);
  const licence::Corner* corner = licence::corner_of(corners, view.record);
  if (corner == nullptr) {
    row.corner = say_with("corner {0}\n(its boundary was voided or changed)",
                          {view.record.display(records::corner_marker::corner)});
    return row;
  }
  row.corner = corner->name;
  KX_TRY(offset, licence::offset_text(store, *corner, view.record));
  row.position = std::move(offset);
  return row;
}

}  // namespace kuangxun::report
