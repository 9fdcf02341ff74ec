#include <doctest/doctest.h>

#include "app/geo/geodesy.h"
#include "db/language/language.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

constexpr std::int64_t degree = nanodegrees_per_degree;

}  // namespace

TEST_CASE("a quarter of the meridian is the GRS 80 quadrant, 10,001,965.729 m (CGCS2000 has the same ellipsoid)") {
  const auto leg = measure_leg({0, 81 * degree}, {90 * degree, 81 * degree});
  REQUIRE(leg.ok());
  CHECK(leg->distance_m == doctest::Approx(10'001'965.729).epsilon(1e-10));
  CHECK(*leg->azimuth_deg == doctest::Approx(0));
}

TEST_CASE("one degree along the equator is a * pi / 180, due east, and due west on the way back") {
  const auto east = measure_leg({0, 0}, {0, degree});
  REQUIRE(east.ok());
  CHECK(east->distance_m == doctest::Approx(6378137.0 * 3.14159265358979323846 / 180).epsilon(1e-12));
  CHECK(*east->azimuth_deg == doctest::Approx(90));
  CHECK(*measure_leg({0, degree}, {0, 0})->azimuth_deg == doctest::Approx(270));
}

TEST_CASE("a step of one unit near Tekes is about a tenth of a millimetre, and the same place has no direction") {
  const Position here{43'200'000'000, 81'800'000'000};
  CHECK(*distance_m(here, {here.latitude_nanodegrees + 1, here.longitude_nanodegrees}) ==
        doctest::Approx(1.111e-4).epsilon(0.01));
  const auto nowhere = measure_leg(here, here);
  CHECK(nowhere->distance_m == 0);
  CHECK(!nowhere->azimuth_deg.has_value());
}

TEST_CASE("across the 180° meridian the short way is taken") {
  CHECK(*distance_m({0, 179 * degree + degree / 2}, {0, -179 * degree - degree / 2}) ==
        doctest::Approx(111319.49).epsilon(1e-6));
}

TEST_CASE("a position off the globe is refused with the axis named, in both languages") {
  const auto refused = distance_m({91 * degree, 0}, {0, 0});
  REQUIRE(!refused.ok());
  CHECK(refused.error().code() == ErrorCode::bad_input);
  CHECK(refused.error().message().find("纬度 91°") != std::string::npos);
  const auto too_far = distance_m({0, 0}, {0, 181 * degree});
  REQUIRE(!too_far.ok());
  const Speaking english(Language::english);
  CHECK(too_far.error().message().find("longitude 181°") != std::string::npos);
}
