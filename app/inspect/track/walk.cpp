#include "app/inspect/track/walk.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/geo/geodesy.h"
#include "app/geo/ring.h"
#include "app/geo/ring_crossing.h"
#include "app/inspect/edit/record_document.h"
#include "app/inspect/track/track.h"
#include "app/licence/walked_areas.h"
#include "db/language/language.h"
#include "db/records/geometry.h"
#include "db/records/handles/walked_area.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;
using records::TrackPoint;

// Nearer corners than this are the receiver's restlessness and no shape of the ground.
constexpr double corner_step_m = 2;
// As wide as three of its errors to either side.
constexpr double loop_errors = 6;
constexpr double loop_m_min = 6;
constexpr double loop_m_max = 30;
// The beginning is looked for in the last part of the walk; before that, a place near it is a narrow neck.
constexpr double last_part = 0.25;

double accuracy_m(const TrackPoint& point) {
  return point.accuracy_mm ? static_cast<double>(*point.accuracy_mm) / 1000 : 0;
}

double gap_allowed_m(const TrackPoint& a, const TrackPoint& b) {
  return std::clamp(3 * std::max(accuracy_m(a), accuracy_m(b)), walk_gap_m, walk_gap_m_max);
}

std::string metres(double value) {
  return std::to_string(std::llround(value));
}

std::string time_text(const std::optional<std::int64_t>& time_ms) {
  if (!time_ms) return "?";
  const std::string text = format_instant(*time_ms, beijing_offset_min);
  constexpr std::size_t day_characters = 11, clock_characters = 8;
  return text.size() < day_characters + clock_characters ? text : text.substr(day_characters, clock_characters);
}

std::vector<TrackPoint> settled(std::span<const TrackPoint> points) {
  std::vector<TrackPoint> kept;
  for (const TrackPoint& point : points) {
    if ((point.flags & records::track_flags::unsettled) == 0) kept.push_back(point);
  }
  return kept;
}

std::vector<TrackPoint> thinned(const std::vector<TrackPoint>& points, double step_m) {
  std::vector<TrackPoint> kept;
  for (const TrackPoint& point : points) {
    const double wanted_m = std::max(step_m, accuracy_m(point) / 2);
    if (kept.empty() || distance_between_m(kept.back(), point) >= wanted_m) kept.push_back(point);
  }
  return kept;
}

Status check_uninterrupted(const std::vector<TrackPoint>& points) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    if ((points[i].flags & records::track_flags::gap_before) == 0) continue;
    const double apart_m = distance_between_m(points[i - 1], points[i]);
    if (apart_m <= gap_allowed_m(points[i - 1], points[i])) continue;
    return Error(ErrorCode::bad_input,
                 phrase("the track is interrupted at {0} for {1} m, so it encloses no area: walk that part, or use "
                        "points",
                        {time_text(points[i].time_ms), metres(apart_m)}));
  }
  return {};
}

// Cuts off what was walked beyond the beginning.
Status close(std::vector<TrackPoint>& points) {
  double whole_m = 0;
  std::vector<double> along_m = {0};
  for (std::size_t i = 1; i < points.size(); ++i) {
    whole_m += distance_between_m(points[i - 1], points[i]);
    along_m.push_back(whole_m);
  }
  std::size_t end = points.size() - 1;
  double nearest_m = std::numeric_limits<double>::max();
  for (std::size_t i = points.size(); i-- > 1 && along_m[i] >= (1 - last_part) * whole_m;) {
    const double away_m = distance_between_m(points.front(), points[i]);
    if (away_m >= nearest_m) continue;
    nearest_m = away_m;
    end = i;
  }
  // Whoever stands, or has only set out, is near the beginning too: that is no way round.
  double farthest_m = 0;
  for (const TrackPoint& point : points) farthest_m = std::max(farthest_m, distance_between_m(points.front(), point));
  if (farthest_m <= gap_allowed_m(points.front(), points[end])) {
    return Error(ErrorCode::bad_input,
                 phrase("the outline is not closed: nobody went farther than {0} m from its beginning; walk round, "
                        "or use points",
                        {metres(farthest_m)}));
  }
  if (nearest_m > gap_allowed_m(points.front(), points[end])) {
    const double away_m = distance_between_m(points.front(), points.back());
    return Error(ErrorCode::bad_input,
                 phrase("the outline is not closed: its end is {0} m from its beginning; walk back to it, or use "
                        "points",
                        {metres(away_m)}));
  }
  points.resize(end + 1);
  // The last one stands where the first one does.
  if (nearest_m < corner_step_m && points.size() > 3) points.pop_back();
  return {};
}

std::vector<geo::MeasuredCorner> corners_of(const std::vector<TrackPoint>& points) {
  std::vector<geo::MeasuredCorner> corners;
  for (const TrackPoint& point : points) {
    geo::MeasuredCorner corner{{point.latitude_nanodegrees, point.longitude_nanodegrees}, {}, point.time_ms};
    if (point.accuracy_mm) corner.accuracy_m = accuracy_m(point);
    if (corners.empty() || corners.back().position != corner.position) corners.push_back(corner);
  }
  return corners;
}

std::vector<geo::Position> positions_of(const std::vector<geo::MeasuredCorner>& corners) {
  std::vector<geo::Position> ring;
  for (const geo::MeasuredCorner& corner : corners) ring.push_back(corner.position);
  return ring;
}

// Loops that a receiver draws round somebody who stands still: no wider than what it errs.
bool is_noise(const std::vector<geo::MeasuredCorner>& corners, std::size_t first, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    const double errs_m =
        loop_errors * std::max(corners[i].accuracy_m.value_or(0), corners[first].accuracy_m.value_or(0));
    const auto away_m = geo::distance_m(corners[first].position, corners[i].position);
    if (!away_m.ok() || *away_m > std::clamp(errs_m, loop_m_min, loop_m_max)) return false;
  }
  return true;
}

// Cuts such loops off; a line that crosses itself otherwise is refused.
Status make_simple(std::vector<geo::MeasuredCorner>& corners) {
  while (const auto crossing = geo::find_crossing(positions_of(corners))) {
    const auto at = [&](std::size_t index) { return corners.begin() + static_cast<std::ptrdiff_t>(index); };
    // The smaller of the two loops may be noise; about the beginning it is the one that goes on from the end.
    const std::size_t between = crossing->second - crossing->first;
    const auto first_time = corners[crossing->first].time_ms, second_time = corners[crossing->second].time_ms;
    if (between > corners.size() - between) std::rotate(corners.begin(), at(crossing->second + 1), corners.end());
    const std::size_t size = corners.size();
    const bool is_turned = between > size - between;
    const std::size_t first = is_turned ? size - 1 : crossing->first;
    const std::size_t loop = std::min(between, size - between);
    // Turned: the loop stands at the front, and the corner before it at the end.
    const std::size_t begin = is_turned ? 0 : crossing->first + 1;
    if (size - loop >= 3 && is_noise(corners, first, begin, begin + loop)) {
      corners.erase(at(begin), at(begin + loop));
      continue;
    }
    return Error(ErrorCode::bad_input,
                 phrase("the outline crosses itself: where you walked at {0} and at {1}; walk it again, or use points",
                        {time_text(first_time), time_text(second_time)}));
  }
  return {};
}

// Both ends, in UTC.
Result<std::pair<std::int64_t, std::int64_t>> span_of(const Request& request) {
  std::pair<std::int64_t, std::int64_t> span = {std::numeric_limits<std::int64_t>::min(),
                                                std::numeric_limits<std::int64_t>::max()};
  for (const auto& [name, end] : {std::pair("from", &span.first), std::pair("to", &span.second)}) {
    if (request.field(name).empty()) continue;
    const auto instant = parse_instant(request.field(name));
    if (!instant.ok()) return instant.error().within(name);
    *end = instant->utc_ms;
  }
  return span;
}

// The newest that has points in that time, or the one that is named; only its points of that time.
Result<Track> track_of(Desk& desk, const Request& request) {
  KX_TRY(span, span_of(request));
  KX_TRY(tracks, tracks_of(desk.store, request.subject));
  const std::string wanted = request.field(records::walked_area::track);
  std::optional<Track> found;
  for (auto track = tracks.rbegin(); track != tracks.rend(); ++track) {
    if (!wanted.empty() && track->first_block.text() != wanted) continue;
    std::erase_if(track->points,
                  [&](const TrackPoint& point) { return point.time_ms < span.first || point.time_ms > span.second; });
    if (!found || found->points.empty()) found = std::move(*track);
  }
  if (found) return std::move(*found);
  return Error(ErrorCode::not_found, wanted.empty() ? phrase("this visit has no track yet")
                                                    : phrase("this visit has no track {0}", {wanted}));
}

// There and back on one line encloses something too, but nothing that was measured: less than its own error tells.
Status check_significant(const std::vector<geo::MeasuredCorner>& corners) {
  KX_TRY(measured, geo::ring_area(positions_of(corners)));
  const auto error_m2 = geo::area_uncertainty_m2(corners);
  if (!error_m2 || measured.area_m2 > 2 * *error_m2) return {};
  return Error(ErrorCode::bad_input,
               phrase("this walk encloses no area: {0} m² are within the error of ±{1} m²; walk round, or use points",
                      {metres(measured.area_m2), metres(*error_m2)}));
}

}  // namespace

Result<std::vector<geo::MeasuredCorner>> outline_of_walk(std::span<const TrackPoint> points) {
  std::vector<TrackPoint> walked = settled(points);
  if (walked.size() < 3) {
    return Error(ErrorCode::bad_input, phrase("fewer than 3 points of the track: they enclose no area"));
  }
  KX_CHECK(check_uninterrupted(walked));
  KX_CHECK(close(walked));
  double step_m = corner_step_m;
  std::vector<TrackPoint> kept = thinned(walked, step_m);
  while (kept.size() > licence::area_corners_max) kept = thinned(walked, step_m *= 2);
  std::vector<geo::MeasuredCorner> corners = corners_of(kept);
  if (corners.size() < 3) {
    return Error(ErrorCode::bad_input, phrase("this walk stays in one place and "
                                              "encloses no area"));
  }
  KX_CHECK(make_simple(corners));
  KX_CHECK(check_significant(corners));
  return corners;
}

LiveWalk measure_walk(std::span<const TrackPoint> points) {
  LiveWalk live;
  const std::vector<TrackPoint> walked = settled(points);
  if (walked.empty()) return live;
  for (std::size_t i = 1; i < walked.size(); ++i) live.length_m += distance_between_m(walked[i - 1], walked[i]);
  live.closing_m = distance_between_m(walked.front(), walked.back());
  double step_m = corner_step_m;
  std::vector<TrackPoint> kept = thinned(walked, step_m);
  while (kept.size() > licence::area_corners_max) kept = thinned(walked, step_m *= 2);
  std::vector<geo::MeasuredCorner> corners = corners_of(kept);
  if (corners.size() < 3 || !make_simple(corners).ok()) return live;
  const auto measured = geo::ring_area(positions_of(corners));
  if (!measured.ok()) return live;
  live.area_m2 = measured->area_m2;
  live.error_m2 = geo::area_uncertainty_m2(corners);
  return live;
}

Result<Uuid> add_walk(Desk& desk, const Request& request) {
  KX_TRY(track, track_of(desk, request));
  KX_TRY(corners, outline_of_walk(track.points));
  records::Polygon polygon;
  polygon.rings.emplace_back();
  for (const geo::MeasuredCorner& corner : corners) {
    polygon.rings.front().push_back({corner.position.latitude_nanodegrees, corner.position.longitude_nanodegrees});
  }
  DocumentRecord area{kinds::walked_area, {}, request.fields, {}, {}, {}};
  std::erase_if(area.fields, [](const FieldText& field) {
    return field.name == "from" || field.name == "to" || field.name == records::walked_area::track.name ||
           field.name == records::walked_area::visit.name;
  });
  area.fields.push_back({records::walked_area::visit, request.subject.text()});
  area.fields.push_back({records::walked_area::outline, records::format_polygon(polygon)});
  area.fields.push_back({records::walked_area::measured_corners, licence::format_corners(corners)});
  area.fields.push_back({records::walked_area::track, track.first_block.text()});
  if (track.is_example && request.field(records::walked_area::is_example).empty())
    area.fields.push_back({records::walked_area::is_example, "true"});
  Document document;
  document.records.push_back(std::move(area));
  KX_TRY(recorded, record_document(desk, document));
  return recorded.ids.front();
}

}  // namespace kuangxun::inspect
