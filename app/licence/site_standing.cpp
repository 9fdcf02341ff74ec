#include "app/licence/site_standing.h"

#include <algorithm>

#include "app/licence/boundaries.h"
#include "app/licence/heights.h"
#include "app/licence/walked_areas.h"
#include "db/language/language.h"
#include "db/records/choices/area_kind.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

namespace kuangxun::licence {
namespace {

namespace kinds = records::kinds;
using records::Record;

std::string name_of(const Record& record, const records::NumberHandle& kind_field) {
  std::string name = record.display(kind_field);
  if (record.has(records::common::label)) name += " " + record.text(records::common::label);
  return name;
}

bool is_marked(const Record& record, const Record& visit) {
  return record.integer(records::common::is_example) != 0 || visit.integer(records::visit::is_example) != 0;
}

Result<std::vector<Record>> visits_of(history::RecordReader& store, const Uuid& place, Day on) {
  KX_TRY(visits, store.list_where(kinds::visit, records::visit::place, place));
  std::erase_if(visits, [&](const Record& visit) {
    return visit.is_voided() || !visit.has(records::visit::started_at) ||
           day_of(visit.integer(records::visit::started_at), beijing_offset_min) > on;
  });
  std::ranges::stable_sort(visits, [](const Record& a, const Record& b) {
    return a.integer(records::visit::started_at) > b.integer(records::visit::started_at);
  });
  return visits;
}

// Purposes of points that are pieces of ground in use.
bool is_ground(std::int64_t purpose) {
  return purpose == records::point_purpose::extraction_area || purpose == records::point_purpose::waste_dump ||
         purpose == records::point_purpose::tailings;
}

class Collector {
 public:
  Collector(history::RecordReader& store, const Uuid& place, const std::optional<geo::Boundary>& boundary)
      : store_(store), place_(place), boundary_(boundary) {}

  Status add_areas(const Record& visit, SiteStanding& found) {
    KX_TRY(areas, store_.list_where(kinds::walked_area, records::walked_area::visit, visit.id()));
    for (const Record& area : areas) {
      if (area.is_voided() || !area.has(records::walked_area::outline)) continue;
      Found one{name_of(area, records::walked_area::area_kind), geo::Standing::cannot_tell, {}, is_marked(area, visit)};
      const auto standing = area_standing(store_, area, place_);
      if (!standing.ok()) {
        one.words = standing.error().message();
      } else if (*standing) {
        one.standing = (*standing)->overlap.standing;
        one.words = (*standing)->words;
      }
      const bool is_extraction = area.integer(records::walked_area::area_kind) == records::area_kind::extraction_area;
      (is_extraction ? found.extraction : found.other).push_back(std::move(one));
    }
    return {};
  }

  Status add_points(const Record& visit, SiteStanding& found) {
    KX_TRY(points, store_.list_where(kinds::gps_point, records::gps_point::visit, visit.id()));
    for (const Record& point : points) {
      const std::int64_t purpose = point.integer(records::gps_point::purpose);
      if (point.is_voided() || !is_ground(purpose)) continue;
      const bool is_extraction = purpose == records::point_purpose::extraction_area;
      KX_TRY(view, store_.read(point.id()));
      Found one{name_of(point, records::gps_point::purpose), geo::Standing::cannot_tell, {}, is_marked(point, visit)};
      if (!view.disputed.empty()) {
        one.words = say_text("in dispute: no verdict");
      } else if (boundary_) {
        const auto placement = place_point(point, *boundary_);
        if (placement.ok()) one.standing = placement->standing;
        one.words = placement.ok() ? standing_words(is_extraction, placement->standing, reason_of(*placement))
                                   : placement.error().message();
      }
      if (is_extraction) KX_CHECK(add_elevation(point, one, !view.disputed.empty(), found));
      (is_extraction ? found.extraction : found.other).push_back(std::move(one));
    }
    return {};
  }

 private:
  Status add_elevation(const Record& point, const Found& as, bool is_disputed, SiteStanding& found) {
    KX_TRY(verdict, point_elevation(store_, point, place_));
    if (!verdict) return {};
    Found one{as.what, geo::Standing::cannot_tell, verdict->reason, as.is_example};
    if (is_disputed) {
      one.words = as.words;
    } else if (verdict->standing == geo::ElevationStanding::within) {
      one.standing = geo::Standing::inside;
    } else if (verdict->standing != geo::ElevationStanding::cannot_tell) {
      one.standing = geo::Standing::outside;
      one.words = say_text("the measured height is beyond the licensed elevations: ") + one.words;
    }
    found.elevations.push_back(std::move(one));
    return {};
  }

  history::RecordReader& store_;
  const Uuid& place_;
  const std::optional<geo::Boundary>& boundary_;
};

// Not visit by visit but list by list: a visit that measured only a dump does not make older extraction unseen.
void keep_newest(std::vector<Found>& kept, std::vector<Found>& found) {
  if (kept.empty()) kept = std::move(found);
}

}  // namespace

Result<SiteStanding> site_standing(history::RecordReader& store, const Uuid& place, Day on) {
  SiteStanding standing;
  const auto read = boundary_of(store, place);
  // A line that is wrong keeps nothing else from being told; a store that fails does.
  if (!read.ok() && read.error().code() != ErrorCode::bad_input) return read.error();
  const std::optional<geo::Boundary> boundary = read.ok() ? *read : std::nullopt;
  standing.has_boundary = boundary.has_value();
  if (!read.ok()) standing.boundary_problem = read.error().message();
  KX_TRY(range, elevation_range_of(store, place));
  standing.has_elevations = range.has_value();
  KX_TRY(visits, visits_of(store, place, on));
  Collector collector(store, place, boundary);
  for (const Record& visit : visits) {
    SiteStanding found;
    KX_CHECK(collector.add_areas(visit, found));
    KX_CHECK(collector.add_points(visit, found));
    keep_newest(standing.extraction, found.extraction);
    keep_newest(standing.other, found.other);
    keep_newest(standing.elevations, found.elevations);
    if (!standing.extraction.empty() && !standing.other.empty() && !standing.elevations.empty()) break;
  }
  return standing;
}

}  // namespace kuangxun::licence
