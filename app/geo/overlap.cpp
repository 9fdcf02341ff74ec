#include "app/geo/overlap.h"

#include <GeographicLib/PolygonArea.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/clip/clip.h"
#include "app/geo/ellipsoid.h"
#include "app/geo/measure_text.h"
#include "app/geo/overlap_plane.h"
#include "app/geo/ring.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr double steps_per_metre = 10'000;  // clipping counts tenths of a millimetre
constexpr double sigmas_max = 6;            // what lies farther away is certain to 1e-9

clip::Ring steps_of(const std::vector<PlanePoint>& ring) {
  clip::Ring steps;
  steps.reserve(ring.size());
  for (const PlanePoint& point : ring) {
    steps.push_back({std::llround(point.x * steps_per_metre), std::llround(point.y * steps_per_metre)});
  }
  return steps;
}

clip::Shape steps_of(const std::vector<std::vector<PlanePoint>>& rings) {
  clip::Shape shape;
  for (const auto& ring : rings) shape.push_back(steps_of(ring));
  return shape;
}

// Rings that cross each other have no inside that everybody would agree on.
Status check_rings_apart(const clip::Shape& shape, const Boundary& boundary) {
  if (shape.size() < 2) return {};
  double sum = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) sum += boundary.sign_of(i) * std::fabs(clip::signed_area(shape[i]));
  KX_TRY(united, clip::area(shape));
  constexpr double square_metre = steps_per_metre * steps_per_metre;
  if (std::fabs(united - sum) <= square_metre + 1e-7 * std::fabs(sum)) return {};
  return Error(ErrorCode::bad_input, phrase("rings of the boundary cross or cover each other, so no area can be "
                                            "computed: check its corner table"));
}

// On the ellipsoid; the sides of the pieces are parts of geodesics.
double measure(const clip::Shape& pieces, const OverlapPlane& plane) {
  double sum_m2 = 0;
  for (const clip::Ring& ring : pieces) {
    GeographicLib::PolygonArea polygon(cgcs2000());
    for (const clip::Point& point : ring) {
      const Position position = plane.position_of(
          {static_cast<double>(point.x) / steps_per_metre, static_cast<double>(point.y) / steps_per_metre});
      polygon.AddPoint(degrees(position.latitude_nanodegrees), degrees(position.longitude_nanodegrees));
    }
    double perimeter_m = 0, area_m2 = 0;
    polygon.Compute(false, true, perimeter_m, area_m2);
    sum_m2 += std::copysign(std::fabs(area_m2), clip::signed_area(ring));
  }
  return std::max(sum_m2, 0.0);
}

using Effects = std::vector<CornerEffect>;

// Moving a stretch of a side outward by its corners' errors adds so much area for each of the two corners.
void add_effects(const std::vector<PlanePoint>& ring, double turn, const std::vector<Stretch>& stretches,
                 Effects& effects) {
  for (const Stretch& stretch : stretches) {
    const std::size_t next = (stretch.side + 1) % ring.size();
    const double outward_x = turn * (ring[next].y - ring[stretch.side].y);
    const double outward_y = -turn * (ring[next].x - ring[stretch.side].x);
    const double of_next = (stretch.to * stretch.to - stretch.from * stretch.from) / 2;
    const double of_this = stretch.to - stretch.from - of_next;
    effects[stretch.side].east += outward_x * of_this;
    effects[stretch.side].north += outward_y * of_this;
    effects[next].east += outward_x * of_next;
    effects[next].north += outward_y * of_next;
  }
}

double squared_error_of_boundary(const Effects& effects, double sigma_m) {
  double alone = 0, east = 0, north = 0;
  for (const CornerEffect& effect : effects) {
    alone += effect.east * effect.east + effect.north * effect.north;
    east += effect.east;
    north += effect.north;
  }
  return std::max(alone, east * east + north * north) * sigma_m * sigma_m;
}

struct Errors {
  double inside_m2 = 0;
  double outside_m2 = 0;
  double share = 0;
};

// With the outline moved by so many standard deviations across the boundary.
Errors errors_at(double sigmas, std::span<const MeasuredCorner> ring, double boundary_sigma_m,
                 const OverlapPlane& plane, const Overlap& overlap) {
  std::vector<double> shift_m;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const double worse_m = std::max(*ring[i].accuracy_m, *ring[(i + 1) % ring.size()].accuracy_m);
    shift_m.push_back(sigmas * std::hypot(worse_m / std::sqrt(2.0), boundary_sigma_m));
  }
  const double greatest_shift_m =
      sigmas == 0 ? 0 : *std::ranges::max_element(shift_m, {}, [](double value) { return std::fabs(value); });
  Effects outside(ring.size()), inside(ring.size()), share(ring.size());
  add_effects(plane.ring(), plane.ring_turn(), plane.ring_stretches(true, shift_m), outside);
  add_effects(plane.ring(), plane.ring_turn(), plane.ring_stretches(false, shift_m), inside);
  const double whole_m2 = overlap.whole.area_m2;
  const double kept = overlap.inside.area_m2 / whole_m2;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const double sigma_m = *ring[i].accuracy_m / std::sqrt(2.0);
    for (Effects* effects : {&outside, &inside}) {
      (*effects)[i] = {(*effects)[i].north * sigma_m, (*effects)[i].east * sigma_m};
    }
    share[i] = {(kept * outside[i].north - (1 - kept) * inside[i].north) / whole_m2,
                (kept * outside[i].east - (1 - kept) * inside[i].east) / whole_m2};
  }
  double of_boundary = 0;
  Effects line;
  for (std::size_t k = 0; k < plane.boundary().size(); ++k) {
    Effects effects(plane.boundary()[k].size());
    // The line itself goes the other way.
    add_effects(plane.boundary()[k], plane.boundary_turn(k), plane.boundary_stretches(k, -greatest_shift_m), effects);
    line.insert(line.end(), effects.begin(), effects.end());
  }
  of_boundary = squared_error_of_boundary(line, boundary_sigma_m);
  Errors errors;
  errors.outside_m2 = std::hypot(greatest_standard_error(outside, ring), std::sqrt(of_boundary));
  errors.inside_m2 = std::hypot(greatest_standard_error(inside, ring), std::sqrt(of_boundary));
  errors.share = std::hypot(greatest_standard_error(share, ring), std::sqrt(of_boundary) / whole_m2);
  return errors;
}

void add_errors(std::span<const MeasuredCorner> ring, const Boundary& boundary, const OverlapPlane& plane,
                Overlap& overlap) {
  overlap.whole.error_m2 = area_uncertainty_m2(ring);
  if (!overlap.whole.error_m2 || !boundary.corner_accuracy_mm()) return;
  const double boundary_sigma_m = static_cast<double>(*boundary.corner_accuracy_mm()) / 1000 / std::sqrt(2.0);
  Errors greatest;
  for (const double sigmas : {-1.0, 0.0, 1.0}) {
    const Errors errors = errors_at(sigmas, ring, boundary_sigma_m, plane, overlap);
    greatest = {std::max(greatest.inside_m2, errors.inside_m2), std::max(greatest.outside_m2, errors.outside_m2),
                std::max(greatest.share, errors.share)};
  }
  overlap.inside.error_m2 = greatest.inside_m2;
  overlap.outside.error_m2 = greatest.outside_m2;
  overlap.share_error = greatest.share;
}

// Places that speak for a part outside, each with the chance that it does not.
struct Places {
  double least_chance = 1;  // that the place which speaks loudest for "outside" errs
  double doubts = 0;        // that any speaks for it, added up
  std::size_t count = 0;
  void add(double chance_of_outside) {
    ++count;
    doubts += chance_of_outside;
    least_chance = std::min(least_chance, 1 - chance_of_outside);
  }
};

std::int64_t millimetres(double metres) {
  return std::llround(std::ceil(metres * 1000));
}

// Chances are computed where they are neither 0 nor 1.
Result<double> chance_outside(const PlanePoint& seen, double accuracy_m, const Boundary& boundary,
                              const OverlapPlane& plane, double distance_m) {
  const double sigma_m = std::hypot(accuracy_m, static_cast<double>(*boundary.corner_accuracy_mm()) / 1000);
  if (distance_m > sigmas_max * sigma_m) return is_within(seen, plane.boundary()) ? 0.0 : 1.0;
  KX_TRY(placed, place(plane.position_of(seen), millimetres(accuracy_m), boundary));
  return 1 - placed.probability_inside.value_or(1);
}

Status add_ring_places(std::span<const MeasuredCorner> ring, const Boundary& boundary, const OverlapPlane& plane,
                       const std::vector<Stretch>& outside, Places& places) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const double distance_m = distance_to(plane.ring()[i], plane.boundary());
    KX_TRY(chance, chance_outside(plane.ring()[i], *ring[i].accuracy_m, boundary, plane, distance_m));
    places.add(chance);
  }
  // Sides that leave and come back between two corners.
  for (const Stretch& stretch : outside) {
    if (stretch.from == 0 || stretch.to == 1) continue;
    const std::size_t next = (stretch.side + 1) % ring.size();
    const double share = (stretch.from + stretch.to) / 2;
    const PlanePoint& from = plane.ring()[stretch.side];
    const PlanePoint& to = plane.ring()[next];
    const PlanePoint middle{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
    const double accuracy_m = std::max(*ring[stretch.side].accuracy_m, *ring[next].accuracy_m);
    KX_TRY(chance, chance_outside(middle, accuracy_m, boundary, plane, distance_to(middle, plane.boundary())));
    places.add(chance);
  }
  return {};
}

// About a corner of the boundary that lies within the area, a part of the area is outside.
Status add_boundary_places(std::span<const MeasuredCorner> ring, const Boundary& boundary, const OverlapPlane& plane,
                           Places& places) {
  std::vector<Position> outline;
  double worst_m = 0;
  for (const MeasuredCorner& corner : ring) {
    outline.push_back(corner.position);
    worst_m = std::max(worst_m, *corner.accuracy_m);
  }
  KX_TRY(area, Boundary::make({std::move(outline)}, millimetres(worst_m)));
  const double corner_m = static_cast<double>(*boundary.corner_accuracy_mm()) / 1000;
  for (std::size_t k = 0; k < plane.boundary().size(); ++k) {
    for (std::size_t i = 0; i < plane.boundary()[k].size(); ++i) {
      const PlanePoint& seen = plane.boundary()[k][i];
      if (distance_to(seen, plane.ring()) > sigmas_max * std::hypot(worst_m, corner_m)) {
        places.add(is_within(seen, plane.ring()) ? 1 : 0);
        continue;
      }
      KX_TRY(placed, place(boundary.rings()[k][i], boundary.corner_accuracy_mm(), area));
      places.add(placed.probability_inside.value_or(0));
    }
  }
  return {};
}

Status judge(std::span<const MeasuredCorner> ring, const Boundary& boundary, const OverlapPlane& plane,
             Overlap& overlap) {
  std::size_t farthest = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (is_within(plane.ring()[i], plane.boundary())) continue;
    const double distance_m = distance_to(plane.ring()[i], plane.boundary());
    if (distance_m <= overlap.farthest_m) continue;
    overlap.farthest_m = distance_m;
    farthest = i;
  }
  if (!overlap.outside.error_m2) return {};
  if (overlap.farthest_m > 0) {
    const double corner_m = static_cast<double>(*boundary.corner_accuracy_mm()) / 1000;
    overlap.farthest_error_m = std::hypot(*ring[farthest].accuracy_m, corner_m) / std::sqrt(2.0);
  }
  const std::vector<double> unmoved(ring.size(), 0.0);
  const auto outside = plane.ring_stretches(true, unmoved);
  Places places;
  KX_CHECK(add_ring_places(ring, boundary, plane, outside, places));
  KX_CHECK(add_boundary_places(ring, boundary, plane, places));
  if (places.least_chance <= (1 - verdict_probability) / static_cast<double>(places.count)) {
    overlap.standing = Standing::outside;
  } else if (outside.empty() && places.doubts <= 1 - verdict_probability) {
    overlap.standing = Standing::inside;
  }
  return {};
}

std::string area_text(const AreaFigure& figure) {
  constexpr double square_metres_per_hectare = 10'000;
  const bool is_large = figure.area_m2 >= square_metres_per_hectare;
  std::string text = is_large ? hectares_text(figure.area_m2) : rounded_text(figure.area_m2, 0);
  if (figure.error_m2) {
    text += " ± " + (is_large ? error_hectares_text(*figure.error_m2) : rounded_text(std::ceil(*figure.error_m2), 0));
  }
  return text + (is_large ? say_text(" ha") : " m²");
}

std::string reason_of(const Overlap& overlap, const Boundary& boundary) {
  std::string share = rounded_text(overlap.share_outside * 100, 1);
  if (overlap.share_error) share += " ± " + rounded_text(std::ceil(*overlap.share_error * 1000) / 10, 1);
  std::string figures = overlap.outside.area_m2 >= 0.5 || overlap.standing == Standing::outside
                            ? say_with("outside {0}, {1} % of it", {area_text(overlap.outside), share})
                            : say_text("no part of it is computed outside");
  if (overlap.farthest_m > 0) {
    const std::string error =
        overlap.farthest_error_m ? " ± " + rounded_text(*overlap.farthest_error_m, 1) : std::string();
    figures += say_with(", at most {0} m beyond the line", {rounded_text(overlap.farthest_m, 1) + error});
  }
  if (!overlap.whole.error_m2) {
    return say_with("{0}; a corner has no accuracy: no verdict", {figures});
  }
  if (!boundary.corner_accuracy_mm()) {
    return say_with("{0}; the boundary's accuracy is unknown: no verdict", {figures});
  }
  switch (overlap.standing) {
    case Standing::inside:
      return say_text("all of it is inside");
    case Standing::outside:
      return say_with("{0} (errors of one sigma)", {figures});
    case Standing::cannot_tell:
      break;
  }
  return say_with("{0}; within the errors near the line it cannot be determined (errors of one sigma)", {figures});
}

}  // namespace

Result<Overlap> overlap(std::span<const MeasuredCorner> ring, const Boundary& boundary) {
  std::vector<Position> outline;
  for (const MeasuredCorner& corner : ring) outline.push_back(corner.position);
  KX_TRY(measured, ring_area(outline));
  std::vector<MeasuredCorner> distinct;
  for (const MeasuredCorner& corner : ring) {
    if (distinct.empty() || distinct.back().position != corner.position) distinct.push_back(corner);
  }
  while (distinct.size() > 1 && distinct.back().position == distinct.front().position) distinct.pop_back();
  KX_TRY(plane, OverlapPlane::make(distinct, boundary));
  const clip::Shape line = steps_of(plane.boundary());
  KX_CHECK(check_rings_apart(line, boundary));
  KX_TRY(pieces, clip::clip({steps_of(plane.ring())}, line));
  Overlap overlap;
  overlap.whole.area_m2 = measured.area_m2;
  overlap.inside.area_m2 = std::min(measure(pieces.common, plane), measured.area_m2);
  overlap.outside.area_m2 = std::min(measure(pieces.rest, plane), measured.area_m2);
  overlap.share_outside = overlap.outside.area_m2 / measured.area_m2;
  add_errors(distinct, boundary, plane, overlap);
  KX_CHECK(judge(distinct, boundary, plane, overlap));
  overlap.reason = reason_of(overlap, boundary);
  return overlap;
}

}  // namespace kuangxun::geo
