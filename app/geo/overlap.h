#pragma once

#include <span>

#include "app/geo/area_uncertainty.h"
#include "app/geo/boundary.h"

namespace kuangxun::geo {

struct AreaFigure {
  double area_m2 = 0;
  std::optional<double> error_m2;  // 1 sigma; absent when an accuracy that it needs is unknown
};

// A measured area laid over a boundary.
struct Overlap {
  AreaFigure whole;
  AreaFigure inside;
  AreaFigure outside;
  double share_outside = 0;           // 0 to 1
  std::optional<double> share_error;  // 1 sigma
  // inside: all of it; outside: at least a part of it, at verdict_probability.
  Standing standing = Standing::cannot_tell;
  // Of the outline's corners outside, the one farthest from the line; 0 when none is.
  double farthest_m = 0;
  std::optional<double> farthest_error_m;  // 1 sigma, across the line
  std::string reason;                      // for people, always
};

// `ring` as it was measured, in order, closed from the last corner to the first. Both shapes are laid over each other
// in the gnomonic projection about the ring's middle, where geodesics are straight; the pieces are measured on the
// ellipsoid again. What that costs is the rounding of corners to 0.1 mm: at most a tenth of a millimetre times the
// pieces' outlines.
//
// Errors of first order, the greatest of three: as the outline stands, and moved across the boundary by one standard
// deviation either way, since an area that lies just within the line has no error where it stands. The ring's errors
// are alike in time as area_uncertainty_m2 says; the boundary's corners err each alone or all together, whichever is
// worse.
//
// The verdict does not rest on these areas, which grow from nothing but errors along a shared line, but on places: for
// "outside" one corner of the ring must be outside, or one corner of the boundary within the area, so certainly that
// chance among so many does not explain it; for "inside" the doubts of all together are at most 5 %.
//
// bad_input: as ring_area, or rings of the boundary that cross each other, or the two over 300 km apart.
Result<Overlap> overlap(std::span<const MeasuredCorner> ring, const Boundary& boundary);

}  // namespace kuangxun::geo
