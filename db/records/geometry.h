#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/result.h"

namespace kuangxun::records {

// CGCS2000, integers of 1e-9 degree (about 0.1 mm).
struct Position {
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  auto operator<=>(const Position&) const = default;
};

// A polygon of one outer ring, not closed (the first position is not repeated at the end), and
// holes likewise.
struct Polygon {
  std::vector<std::vector<Position>> rings;
  bool operator==(const Polygon&) const = default;
};

// OGC well-known binary, little-endian, x = longitude, y = latitude in degrees. A value in a record
// is exactly what these functions write; other WKB (other shapes, big-endian, open rings, trailing
// bytes) is bad_input.
Bytes encode_polygon(const Polygon& polygon);
Result<Polygon> decode_polygon(ByteView wkb);
Bytes encode_point(const Position& position);

// "POLYGON((lon lat, ...))", the form of `record` documents and exports; nine decimals.
std::string format_polygon(const Polygon& polygon);
Result<Polygon> parse_polygon(std::string_view text);

}  // namespace kuangxun::records
