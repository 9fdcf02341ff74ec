#include "app/geo/geodesy.h"

#include <GeographicLib/Geodesic.hpp>

#include "app/geo/ellipsoid.h"
#include "db/language/language.h"

namespace kuangxun::geo {

const GeographicLib::Geodesic& cgcs2000() {
  static const GeographicLib::Geodesic geodesic(cgcs2000_semi_major_axis_m, cgcs2000_flattening);
  return geodesic;
}

double degrees(std::int64_t nanodegrees) {
  return static_cast<double>(nanodegrees) / static_cast<double>(nanodegrees_per_degree);
}

Error geodesy_failed(const char* reason) {
  return Error(ErrorCode::bad_input, phrase("the geodesic calculation failed ({0}); check the positions", {reason}));
}

Result<Leg> measure_leg(const Position& from, const Position& to) {
  KX_CHECK(check_position(from));
  KX_CHECK(check_position(to));
  if (from == to) return Leg{};  // it has no direction
  try {
    double distance_m = 0, azimuth_deg = 0, azimuth_at_end_deg = 0;
    cgcs2000().Inverse(degrees(from.latitude_nanodegrees), degrees(from.longitude_nanodegrees),
                       degrees(to.latitude_nanodegrees), degrees(to.longitude_nanodegrees), distance_m, azimuth_deg,
                       azimuth_at_end_deg);
    if (azimuth_deg < 0) azimuth_deg += 360;
    if (azimuth_deg >= 360) azimuth_deg = 0;  // -0.0000…1 rounds up to a full circle
    return Leg{distance_m, azimuth_deg};
  } catch (const GeographicLib::GeographicErr& error) {
    return geodesy_failed(error.what());
  }
}

Result<double> distance_m(const Position& from, const Position& to) {
  KX_TRY(leg, measure_leg(from, to));
  return leg.distance_m;
}

}  // namespace kuangxun::geo
