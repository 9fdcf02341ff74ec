#include "app/licence/corner_markers.h"

#include <algorithm>
#include <cmath>

#include "app/geo/geodesy.h"
#include "app/licence/standing_boundaries.h"
#include "db/base/decimal.h"
#include "db/language/language.h"
#include "db/records/geometry.h"
#include "db/records/handles/boundary.h"
#include "db/records/handles/corner_marker.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::licence {
namespace {

namespace kinds = records::kinds;
using records::Record;

constexpr double mm_per_m = 1000;
constexpr std::int64_t mm_per_cm = 10;

std::string corner_word(std::int64_t number) {
  return say_with("corner {0}", {std::to_string(number)});
}

// Upward for what must not be promised too well.
std::string metres(double value_m, bool upward) {
  const double tenths = value_m * 10;
  return format_decimal_padded(upward ? static_cast<std::int64_t>(std::ceil(tenths - 1e-6)) : std::llround(tenths), 1);
}

}  // namespace

Result<std::vector<Corner>> corners_of_place(history::RecordReader& store, const Uuid& place) {
  KX_TRY(boundaries, standing_boundaries(store, place));
  std::vector<Corner> corners;
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    const Record& boundary = boundaries[i];
    const auto* wkb = std::get_if<Bytes>(&boundary.value(records::boundary::outline));
    if (wkb == nullptr) continue;
    KX_TRY(polygon, records::decode_polygon(*wkb));
    KX_TRY(accuracy_mm, corner_accuracy_mm(store, boundary));
    std::string of;
    if (boundaries.size() > 1) {
      of = boundary.has(records::boundary::label) ? boundary.text(records::boundary::label)
                                                  : say_with("boundary {0}", {std::to_string(i + 1)});
      of += " ";
    }
    std::int64_t number = 0;
    for (const auto& ring : polygon.rings) {
      for (const records::Position& at : ring) {
        ++number;
        corners.push_back({boundary.id(),
                           number,
                           of + corner_word(number),
                           {at.latitude_nanodegrees, at.longitude_nanodegrees},
                           accuracy_mm});
      }
    }
  }
  return corners;
}

const Corner* find_corner(const std::vector<Corner>& corners, const Uuid& boundary, std::int64_t number) {
  const auto found = std::ranges::find_if(
      corners, [&](const Corner& corner) { return corner.boundary == boundary && corner.number == number; });
  return found == corners.end() ? nullptr : &*found;
}

const Corner* corner_of(const std::vector<Corner>& corners, const Record& marker) {
  return find_corner(corners, marker.reference(records::corner_marker::boundary),
                     marker.integer(records::corner_marker::corner));
}

Status check_corner(history::RecordReader& store, const Uuid& place, const Uuid& boundary, std::int64_t number) {
  KX_TRY(corners, corners_of_place(store, place));
  if (find_corner(corners, boundary, number) != nullptr) return {};
  const auto count = std::ranges::count_if(corners, [&](const Corner& corner) { return corner.boundary == boundary; });
  if (count == 0) {
    return Error(ErrorCode::bad_input, phrase("this boundary is not one of the visited place, or it is voided"));
  }
  return Error(ErrorCode::bad_input, phrase("the boundary has no corner {0}, only 1 to {1}",
                                            {std::to_string(number), std::to_string(count)}));
}

Result<std::vector<SeenMarker>> markers_of_place(history::RecordReader& store, const Uuid& place) {
  KX_TRY(boundaries, standing_boundaries(store, place));
  std::vector<SeenMarker> seen;
  for (const Record& boundary : boundaries) {
    KX_TRY(markers, store.list_where(kinds::corner_marker, records::corner_marker::boundary, boundary.id()));
    for (Record& marker : markers) {
      if (marker.is_voided() || !marker.has(records::corner_marker::visit)) continue;
      KX_TRY(visit, store.read(marker.reference(records::corner_marker::visit)));
      if (visit.record.is_voided()) continue;
      seen.push_back({std::move(marker), visit.record.integer(records::visit::started_at)});
    }
  }
  std::ranges::sort(seen, [](const SeenMarker& a, const SeenMarker& b) {
    return a.visited_ms != b.visited_ms ? a.visited_ms > b.visited_ms : a.marker.id() > b.marker.id();
  });
  return seen;
}

const SeenMarker* newest_of(const std::vector<SeenMarker>& markers, const Corner& corner) {
  const auto found = std::ranges::find_if(markers, [&](const SeenMarker& seen) {
    return seen.marker.reference(records::corner_marker::boundary) == corner.boundary &&
           seen.marker.integer(records::corner_marker::corner) == corner.number;
  });
  return found == markers.end() ? nullptr : &*found;
}

Result<std::string> offset_text(history::RecordReader& store, const Corner& corner, const Record& marker) {
  if (!marker.has(records::corner_marker::point)) return std::string();
  KX_TRY(view, store.read(marker.reference(records::corner_marker::point)));
  const Record& point = view.record;
  if (point.is_voided()) return say_text("its measured point is voided");
  if (!point.has(records::gps_point::latitude_deg) || !point.has(records::gps_point::longitude_deg))
    return std::string();
  if (!view.disputed.empty()) return say_text("its measured point is in dispute");
  KX_TRY(distance_m, geo::distance_m({point.integer(records::gps_point::latitude_deg),
                                      point.integer(records::gps_point::longitude_deg)},
                                     corner.position));
  std::string how_far = metres(distance_m, false) + " m";
  const auto words = [&](const std::string& note) {
    return say_with("measured {0} from the corner's coordinates", {how_far}) + note;
  };
  if (!point.has(records::gps_point::accuracy_m)) return words(say_text(" (accuracy of the position unknown)"));
  if (!corner.accuracy_mm) return words(say_text(" (accuracy of the corner unknown)"));
  const double point_m = static_cast<double>(point.integer(records::gps_point::accuracy_m) * mm_per_cm) / mm_per_m;
  const double error_m = std::hypot(point_m, static_cast<double>(*corner.accuracy_mm) / mm_per_m);
  how_far += " ± " + metres(error_m, true) + " m";
  return words({});
}

Result<std::string> marker_text(history::RecordReader& store, const std::vector<Corner>& corners,
                                const Record& marker) {
  const Corner* corner = corner_of(corners, marker);
  std::string text = corner != nullptr ? corner->name
                                       : corner_word(marker.integer(records::corner_marker::corner)) +
                                             say_text(" (its boundary was voided or changed)");
  text += say_text(": ") + marker.display(records::corner_marker::state);
  KX_TRY(view, store.read(marker.id()));
  if (!view.disputed.empty()) text += say_text(" (in dispute)");
  if (corner != nullptr) {
    KX_TRY(offset, offset_text(store, *corner, marker));
    if (!offset.empty()) text += say_text("; ") + offset;
  }
  if (marker.has(records::corner_marker::note)) text += say_text("; ") + marker.text(records::corner_marker::note);
  return text;
}

}  // namespace kuangxun::licence
