#include "db/records/geometry.h"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>

#include "db/base/limits.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::records {
namespace {

Polygon random_polygon(tests::SeededRandom& random) {
  Polygon polygon;
  for (std::uint64_t rings = 1 + random.below(4); rings > 0; --rings) {
    auto& ring = polygon.rings.emplace_back();
    for (std::uint64_t corners = 3 + random.below(20); corners > 0; --corners) {
      ring.push_back({static_cast<std::int64_t>(random.below(180'000'000'001)) - 90'000'000'000,
                      static_cast<std::int64_t>(random.below(360'000'000'001)) - 180'000'000'000});
    }
  }
  return polygon;
}

// A square of ours with a hole.
Polygon example() {
  return {{{{43'000'000'000, 81'000'000'000},
            {43'000'000'000, 81'000'000'001},
            {43'000'000'001, 81'000'000'001},
            {43'000'000'001, 81'000'000'000}},
           {{-1, 1}, {90'000'000'000, 180'000'000'000}, {-90'000'000'000, -180'000'000'000}}}};
}

void put_double(Bytes& wkb, std::size_t at, double value) {
  std::memcpy(wkb.data() + at, &value, sizeof value);
}

bool is_refused(ByteView wkb) {
  const auto polygon = decode_polygon(wkb);
  return !polygon.ok() && polygon.error().code() == ErrorCode::bad_input;
}

}  // namespace

TEST_CASE("polygons come back from bytes and from text, to the last of nine decimals") {
  constexpr std::uint64_t seed = 43;
  CAPTURE(seed);
  tests::SeededRandom random(seed);
  for (int round = 0; round < 2000; ++round) {
    const Polygon polygon = round == 0 ? example() : random_polygon(random);
    const auto decoded = decode_polygon(encode_polygon(polygon));
    REQUIRE(decoded.ok());
    CHECK(*decoded == polygon);
    const auto parsed = parse_polygon(format_polygon(polygon));
    REQUIRE(parsed.ok());
    CHECK(*parsed == polygon);
  }
}

// ISO 19125: byte order, type, rings, points of the ring, x y in degrees.
TEST_CASE("the bytes are OGC well-known binary") {
  const Polygon triangle{{{{0, 0}, {0, 1'000'000'000}, {2'000'000'000, 0}}}};
  CHECK(to_hex(encode_polygon(triangle)) ==
        "01"
        "03000000"
        "01000000"
        "04000000"
        "00000000000000000000000000000000"
        "000000000000f03f0000000000000000"
        "00000000000000000000000000000040"
        "00000000000000000000000000000000");
  CHECK(format_polygon(triangle) == "POLYGON((0 0, 1 0, 0 2, 0 0))");
  CHECK(to_hex(encode_point({2'000'000'000, 1'000'000'000})) == "0101000000000000000000f03f0000000000000040");
}

TEST_CASE("cut anywhere, or with bytes behind it, a polygon is refused") {
  const Bytes wkb = encode_polygon(example());
  for (std::size_t size = 0; size < wkb.size(); ++size) CHECK(is_refused(ByteView(wkb).first(size)));
  Bytes longer = wkb;
  longer.push_back(0);
  CHECK(is_refused(longer));
}

TEST_CASE("with any one byte changed to anything, a polygon is refused or is exactly those bytes") {
  const Bytes wkb = encode_polygon(example());
  int refused = 0;
  for (std::size_t at = 0; at < wkb.size(); ++at) {
    for (unsigned value = 0; value < 256; ++value) {
      Bytes changed = wkb;
      changed[at] = static_cast<std::uint8_t>(value);
      const auto polygon = decode_polygon(changed);
      if (polygon.ok()) {
        if (encode_polygon(*polygon) != changed) FAIL("byte " << at << " as " << value << " was rounded unseen");
      } else {
        ++refused;
      }
    }
  }
  CHECK(refused > 10'000);
}

TEST_CASE("positions that are none are refused") {
  const Bytes wkb = encode_polygon(Polygon{{{{0, 0}, {0, 1}, {1, 0}}}});
  constexpr std::size_t second_x = 13 + 16;
  for (const double x : {180.1, -180.1, std::numeric_limits<double>::quiet_NaN(),
                         std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(), -0.0, 1e-10}) {
    CAPTURE(x);
    Bytes changed = wkb;
    put_double(changed, second_x, x);
    CHECK(is_refused(changed));
  }
  Bytes north = wkb;
  put_double(north, second_x + 8, 90.0);
  CHECK(decode_polygon(north).ok());
  put_double(north, second_x + 8, 90.1);
  CHECK(is_refused(north));
}

TEST_CASE("hostile counts, other shapes and other byte orders are refused") {
  CHECK(is_refused({}));
  CHECK(is_refused(*from_hex("0103000000ffffffff")));
  CHECK(is_refused(*from_hex("010300000001000000ffffffff")));
  CHECK(is_refused(*from_hex("010300000000000000")));
  CHECK(is_refused(*from_hex("01030000000100000000000000")));
  CHECK(is_refused(encode_point({0, 0})));
  Bytes wkb = encode_polygon(example());
  wkb[0] = 0;
  CHECK(is_refused(wkb));
  wkb = encode_polygon(Polygon{{{{0, 0}, {0, 1}}}});  // two corners
  CHECK(is_refused(wkb));
  wkb = encode_polygon(Polygon{{{{0, 0}, {0, 1}, {1, 0}}}});
  put_double(wkb, wkb.size() - 8, 1.0);  // does not close
  CHECK(is_refused(wkb));
}

TEST_CASE("the largest outline is read and one beyond the limit is refused") {
  Polygon large{{{}}};
  for (std::size_t i = 0; i < limits::ring_points_max; ++i) {
    large.rings[0].push_back({static_cast<std::int64_t>(i), static_cast<std::int64_t>(i * 2)});
  }
  CHECK(decode_polygon(encode_polygon(large)).ok());
  while (large.rings[0].size() * 16 < limits::geometry_bytes_max) large.rings[0].push_back({1, 1});
  CHECK(is_refused(encode_polygon(large)));
}

TEST_CASE("text that is no polygon is refused, and nothing in it is skipped") {
  CHECK(parse_polygon("POLYGON((0 0, 1 0, 0 2, 0 0))").ok());
  CHECK(parse_polygon("POLYGON((0 0,1 0,0 2,0 0),(0 0, 1 0, 0 2, 0 0))").ok());
  for (const char* text : {"",
                           "POLYGON",
                           "POLYGON(())",
                           "POLYGON((",
                           "POLYGON((0 0, 1 0, 0 2, 0 0)",
                           "POLYGON((0 0, 1 0, 0 2))",
                           "POLYGON((0 0, 1 0, 0 0))",
                           "POLYGON((0 0, 0 0))",
                           "POINT(0 0)",
                           "POLYGON((0 0 0, 1 0 0, 0 2 0, 0 0 0))",
                           "POLYGON((0 0, 1 0, 0 91, 0 0))",
                           "POLYGON((0 0, 181 0, 0 2, 0 0))",
                           "POLYGON((0 0, NaN 0, 0 2, 0 0))",
                           "POLYGON((0 0, 1 0, 0 2, 0 0) 5 5, (0 0, 1 0, 0 2, 0 0))",
                           "POLYGON((0 0, 1 0, 0 2, 0 0) (0 0, 1 0, 0 2, 0 0))",
                           "POLYGON((0 0, 1 0, 0 2, 0 0), 5 5, (0 0, 1 0, 0 2, 0 0))",
                           "POLYGON((0 0, 1 0, 0 2, 0 0))) ((0 0))",
                           "POLYGON((0 0, 1 0, 0 2, 0 0)) ",
                           "polygon((0 0, 1 0, 0 2, 0 0))",
                           "POLYGON((0 0, 1 0, 0 2.0000000001, 0 0))",
                           "MULTIPOLYGON(((0 0, 1 0, 0 2, 0 0)))",
                           "POLYGON((0 0, 1 0, 0 2, 0 0), ())"}) {
    CAPTURE(text);
    CHECK(!parse_polygon(text).ok());
  }
}

}  // namespace kuangxun::records
