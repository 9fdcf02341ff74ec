#include <cmath>

#include "app/geo/area_uncertainty.h"
#include "app/geo/ring.h"
#include "app/inspect/edit/draft.h"
#include "app/licence/walked_areas.h"
#include "db/language/language.h"
#include "db/records/choices/area_method.h"
#include "db/records/enumerations.h"
#include "db/records/geometry.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

Result<std::vector<geo::MeasuredCorner>> read_corners(Draft& draft, const DraftRecord& status) {
  std::vector<geo::MeasuredCorner> corners;
  for (std::size_t i = 0; i < status.source->corners.size(); ++i) {
    const std::string where = "corners/" + std::to_string(i);
    const auto id = draft.resolve(status.source->corners[i], {kinds::gps_point});
    if (!id.ok()) return bad_record(*status.source, where, id.error().words());
    KX_TRY(point, draft.find(*id));
    if (!point.has(records::gps_point::latitude_deg) || !point.has(records::gps_point::longitude_deg)) {
      return bad_record(*status.source, where, phrase("this point has no coordinates"));
    }
    geo::MeasuredCorner corner{
        {point.integer(records::gps_point::latitude_deg), point.integer(records::gps_point::longitude_deg)}, {}, {}};
    if (point.has(records::gps_point::measured_at)) corner.time_ms = point.integer(records::gps_point::measured_at);
    if (point.has(records::gps_point::accuracy_m))
      corner.accuracy_m = static_cast<double>(point.integer(records::gps_point::accuracy_m)) / 100.0;
    corners.push_back(corner);
  }
  return corners;
}

constexpr double square_metres_per_area_step = 1.0;  // area_ha has four decimals

Bytes outline_of(const std::vector<geo::MeasuredCorner>& corners) {
  records::Polygon polygon;
  polygon.rings.emplace_back();
  for (const geo::MeasuredCorner& corner : corners) {
    polygon.rings.front().push_back({corner.position.latitude_nanodegrees, corner.position.longitude_nanodegrees});
  }
  return records::encode_polygon(polygon);
}

}  // namespace

Status measure_status(Draft& draft, DraftRecord& status) {
  records::Record& record = status.record;
  if (status.source->corners.empty()) {
    if (record.integer(records::restoration_status::area_method) == records::area_method::measured &&
        !record.has(records::restoration_status::outline)) {
      return bad_record(*status.source, "area_method", phrase("a measured area needs its corners or its outline"));
    }
    if (record.has(records::restoration_status::area_ha) && !record.has(records::restoration_status::area_method)) {
      record.set_value(records::restoration_status::area_method, records::area_method::entered);
    }
    return {};
  }
  if (record.has(records::restoration_status::area_ha) || record.has(records::restoration_status::outline) ||
      record.integer(records::restoration_status::area_method) == records::area_method::entered) {
    return bad_record(*status.source, "corners",
                      phrase("the area follows from the corners; do not enter an area or outline too"));
  }
  KX_TRY(corners, read_corners(draft, status));
  std::vector<geo::Position> ring;
  for (const geo::MeasuredCorner& corner : corners) ring.push_back(corner.position);
  const auto measure = geo::ring_area(ring);
  if (!measure.ok()) return bad_record(*status.source, "corners", measure.error().words());
  const auto uncertainty = geo::area_uncertainty_m2(corners);
  record.set_value(records::restoration_status::area_ha, measure->area_hectare_e4);
  record.set_value(records::restoration_status::area_method, records::area_method::measured);
  record.set_value(records::restoration_status::outline, outline_of(corners));
  if (uncertainty) {
    record.set_value(records::restoration_status::area_uncertainty_ha,
                     static_cast<std::int64_t>(std::ceil(*uncertainty / square_metres_per_area_step)));
  }
  return {};
}

// A walked area follows from its corners: those of the document, or those that came with its track.
Status measure_area(Draft& draft, DraftRecord& target) {
  records::Record& record = target.record;
  for (const auto& computed :
       {records::walked_area::area_ha, records::walked_area::area_uncertainty_ha, records::walked_area::perimeter_m}) {
    if (!record.has(computed)) continue;
    return bad_record(*target.source, computed, phrase("it follows from the corners and is not entered"));
  }
  if (!target.source->corners.empty()) {
    if (record.has(records::walked_area::outline) || record.has(records::walked_area::measured_corners)) {
      return bad_record(*target.source, "corners", phrase("with corners no outline is given"));
    }
    KX_TRY(corners, read_corners(draft, target));
    record.set_value(records::walked_area::outline, outline_of(corners));
    record.set_value(records::walked_area::measured_corners, licence::format_corners(corners));
  }
  if (!record.has(records::walked_area::outline)) return {};  // check_records says what is missing
  const auto corners = licence::corners_of(record);
  if (!corners.ok()) return bad_record(*target.source, "outline", corners.error().words());
  std::vector<geo::Position> ring;
  for (const geo::MeasuredCorner& corner : *corners) ring.push_back(corner.position);
  const auto measure = geo::ring_area(ring);
  if (!measure.ok()) return bad_record(*target.source, "outline", measure.error().words());
  record.set_value(records::walked_area::area_ha, measure->area_hectare_e4);
  record.set_value(records::walked_area::perimeter_m, (measure->perimeter_mm + 5) / 10);
  if (const auto uncertainty = geo::area_uncertainty_m2(*corners)) {
    record.set_value(records::walked_area::area_uncertainty_ha, static_cast<std::int64_t>(std::ceil(*uncertainty)));
  }
  return {};
}

}  // namespace kuangxun::inspect
