#include "app/geo/map_offset.h"

#include <doctest/doctest.h>

#include <cmath>

#include "app/geo/corner_table.h"
#include "app/geo/geodesy.h"
#include "app/geo/position_text.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

Position at(double latitude, double longitude) {
  return {std::llround(latitude * 1e9), std::llround(longitude * 1e9)};
}

double apart_m(const Position& a, const Position& b) {
  return *distance_m(a, b);
}

}  // namespace

TEST_CASE("where a map shows known places: pairs that eviltransform publishes") {
  struct Pair {
    Position true_place;
    Position shown;
  };
  const Pair pairs[] = {{at(31.1774276, 121.5272106), at(31.17530398364597, 121.531541859215)},
                        {at(22.543847, 113.912316), at(22.540796131694766, 113.9171764808363)},
                        {at(39.911954, 116.377817), at(39.91334545536069, 116.38404722455657)}};
  for (const Pair& pair : pairs) CHECK(apart_m(gcj02_of(pair.true_place), pair.shown) < 0.01);
  // Outside of the country nothing is moved.
  CHECK(gcj02_of(at(39.7392, -104.9903)) == at(39.7392, -104.9903));
}

TEST_CASE("in this county a map's position is hundreds of metres off, and is known by that") {
  for (double latitude = 42.4; latitude < 43.4; latitude += 0.1) {
    for (double longitude = 81.4; longitude < 82.6; longitude += 0.1) {
      const Position place = at(latitude, longitude);
      CHECK(apart_m(place, gcj02_of(place)) > 100);
      CHECK(apart_m(place, gcj02_of(place)) < 1'000);
      const Position north = at(latitude + 10 / 111'100.0, longitude);
      CHECK(map_offset_between(place, gcj02_of(north), 30) == MapOffset::gcj02);
      CHECK(map_offset_between(place, bd09_of(north), 30) == MapOffset::bd09);
      CHECK_FALSE(map_offset_between(place, north, 30).has_value());
      CHECK_FALSE(map_offset_between(place, at(latitude + 0.02, longitude), 30).has_value());
    }
  }
}

TEST_CASE("a text that says it is of a map is refused, and so are tables and positions in it") {
  for (const auto* text : {"GCJ-02: 43.2, 81.8", "43.2,81.8 (gcj02)", "火星坐标 43.2 81.8", "百度地图 43.2,81.8",
                           "bd-09 43.2 81.8", "高德 43.2,81.8"}) {
    CAPTURE(text);
    CHECK(refuse_map_coordinates(text).error().code() == ErrorCode::bad_input);
    const auto position = parse_position(text);
    REQUIRE_FALSE(position.ok());
    CHECK(position.error().message().find("地图坐标") != std::string::npos);
  }
  const auto table = read_corner_table("点号,纬度,经度\n1,43.20,81.80\n2,43.21,81.80\n3,43.21,81.82 (高德)\n");
  REQUIRE_FALSE(table.ok());
  CHECK(table.error().message().find("GCJ-02") != std::string::npos);
  CHECK(refuse_map_coordinates("43°13'00.000\"N, 81°49'00.000\"E CGCS2000").ok());
}
