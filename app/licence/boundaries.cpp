#include "app/licence/boundaries.h"

#include <algorithm>

#include "app/licence/standing_boundaries.h"
#include "db/language/language.h"
#include "db/records/geometry.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"

namespace kuangxun::licence {
namespace {

namespace kinds = records::kinds;

constexpr std::int64_t mm_per_cm = 10;

std::vector<geo::Position> to_geo(const std::vector<records::Position>& ring) {
  std::vector<geo::Position> positions;
  for (const records::Position& corner : ring) {
    positions.push_back({corner.latitude_nanodegrees, corner.longitude_nanodegrees});
  }
  return positions;
}

}  // namespace

Result<std::optional<geo::Boundary>> boundary_of(history::RecordReader& store, const Uuid& place) {
  KX_TRY(records, standing_boundaries(store, place));
  std::vector<std::vector<geo::Position>> rings;
  std::optional<std::int64_t> accuracy_mm = 0;
  for (const records::Record& record : records) {
    const auto* wkb = std::get_if<Bytes>(&record.value(records::common::outline));
    if (wkb == nullptr) continue;
    KX_TRY(polygon, records::decode_polygon(*wkb));
    for (const auto& ring : polygon.rings) rings.push_back(to_geo(ring));
    KX_TRY(own_mm, corner_accuracy_mm(store, record));
    if (!own_mm) accuracy_mm.reset();
    if (accuracy_mm) accuracy_mm = std::max(*accuracy_mm, *own_mm);
  }
  if (rings.empty()) return std::optional<geo::Boundary>();
  KX_TRY(boundary, geo::Boundary::make(std::move(rings), accuracy_mm));
  return std::optional(std::move(boundary));
}

Result<geo::Placement> place_point(const records::Record& point, const geo::Boundary& boundary) {
  if (!point.has(records::gps_point::latitude_deg) || !point.has(records::gps_point::longitude_deg)) {
    return Error(ErrorCode::bad_input, phrase("this point has no coordinates"));
  }
  std::optional<std::int64_t> accuracy_mm;
  if (point.has(records::gps_point::accuracy_m))
    accuracy_mm = point.integer(records::gps_point::accuracy_m) * mm_per_cm;
  return geo::place({point.integer(records::gps_point::latitude_deg), point.integer(records::gps_point::longitude_deg)},
                    accuracy_mm, boundary);
}

}  // namespace kuangxun::licence
