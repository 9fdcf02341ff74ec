#pragma once

#include <vector>

#include "app/geo/position.h"

// Gauss–Krüger coordinates on the CGCS2000 ellipsoid (GB/T 17798 zones; EPSG 4513–4533 and 4491–4501 with the zone in
// the easting, 4534–4554 without). In this country X is the northing and Y the easting, with 500 km added.
//
// WGS 84 and CGCS2000 are one thing here: their ellipsoids differ by 0.1 mm in flattening, their realisations by some
// decimetres of plate motion since the year 2000. At the metre level of a hand-held receiver nothing is transformed; a
// survey to centimetres needs the county's own control points.
namespace kuangxun::geo {

enum class ZoneWidth : int { three_degrees = 3, six_degrees = 6 };

struct Zone {
  ZoneWidth width = ZoneWidth::three_degrees;
  int number = 0;  // 25–45 of three degrees, 13–23 of six
  int central_meridian_deg() const;
  bool operator==(const Zone&) const = default;
};

// The zones that this country has: by width and number. bad_input names what there is.
Status check_zone(const Zone& zone);
// The zone whose middle is nearest; on the line between two the eastern one. bad_input outside the country's zones.
Result<Zone> zone_of(ZoneWidth width, const Position& position);
// That zone first; then the neighbour when the line between them is not over `margin_deg` of longitude away. The county
// straddles 82°30', between zones 27 and 28.
Result<std::vector<Zone>> zones_near(ZoneWidth width, const Position& position, double margin_deg);

// Without the zone: the easting counts from 500 km at the central meridian.
struct GridPosition {
  double northing_m = 0;
  double easting_m = 0;
};

// Exact to some nanometres within the zones (Karney 2011). bad_input: out of range, or over 10° from the meridian.
Result<GridPosition> project(const Position& position, int central_meridian_deg);
// Rounded to the nearest 1e-9 degree (0.06 mm at most).
Result<Position> unproject(const GridPosition& grid, int central_meridian_deg);

// 27565127.031: the zone's number in front of the easting.
double prefixed_easting_m(const Zone& zone, double easting_m);

}  // namespace kuangxun::geo
