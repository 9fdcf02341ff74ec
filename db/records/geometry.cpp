#include "db/records/geometry.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "db/base/decimal.h"
#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/base/text.h"

namespace kuangxun::records {
namespace {

static_assert(std::endian::native == std::endian::little, "WKB is written with the machine's own byte order");
constexpr double nanodegrees = 1e9;
constexpr std::uint32_t wkb_point = 1;
constexpr std::uint32_t wkb_polygon = 3;

template <class T>
void append(Bytes& bytes, T value) {
  const auto* raw = reinterpret_cast<const std::uint8_t*>(&value);
  bytes.insert(bytes.end(), raw, raw + sizeof value);
}

void append_position(Bytes& bytes, const Position& position) {
  append(bytes, static_cast<double>(position.longitude_nanodegrees) / nanodegrees);
  append(bytes, static_cast<double>(position.latitude_nanodegrees) / nanodegrees);
}

template <class T>
bool take(ByteView& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
  return true;
}

Error not_a_polygon(std::string_view why) {
  return Error(ErrorCode::bad_input, say_with("不是有效的面（{0}）", "not a valid polygon ({0})", {why}));
}

bool in_range(double degrees, double limit) {
  return std::isfinite(degrees) && std::fabs(degrees) <= limit;
}

Result<std::vector<Position>> take_ring(ByteView& bytes) {
  std::uint32_t count = 0;
  if (!take(bytes, count) || count < 4 || count > bytes.size() / 16) return not_a_polygon("ring length");
  std::vector<Position> ring;
  ring.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    double longitude = 0;
    double latitude = 0;
    take(bytes, longitude);
    take(bytes, latitude);
    if (!in_range(longitude, 180) || !in_range(latitude, 90)) return not_a_polygon("range");
    ring.push_back({std::llround(latitude * nanodegrees), std::llround(longitude * nanodegrees)});
  }
  if (ring.front() != ring.back()) return not_a_polygon("open ring");
  ring.pop_back();
  return ring;
}

}  // namespace

Bytes encode_point(const Position& position) {
  Bytes bytes;
  append(bytes, std::uint8_t{1});
  append(bytes, wkb_point);
  append_position(bytes, position);
  return bytes;
}

Bytes encode_polygon(const Polygon& polygon) {
  Bytes bytes;
  append(bytes, std::uint8_t{1});
  append(bytes, wkb_polygon);
  append(bytes, static_cast<std::uint32_t>(polygon.rings.size()));
  for (const auto& ring : polygon.rings) {
    append(bytes, static_cast<std::uint32_t>(ring.size() + 1));
    for (const Position& position : ring) append_position(bytes, position);
    append_position(bytes, ring.front());
  }
  return bytes;
}

Result<Polygon> decode_polygon(ByteView wkb) {
  if (wkb.size() > limits::geometry_bytes_max) return not_a_polygon("size");
  std::uint8_t order = 0;
  std::uint32_t type = 0;
  std::uint32_t rings = 0;
  if (!take(wkb, order) || !take(wkb, type) || !take(wkb, rings) || order != 1 || type != wkb_polygon || rings == 0) {
    return not_a_polygon("header");
  }
  Polygon polygon;
  for (std::uint32_t i = 0; i < rings; ++i) {
    KX_TRY(ring, take_ring(wkb));
    polygon.rings.push_back(std::move(ring));
  }
  if (!wkb.empty()) return not_a_polygon("trailing bytes");
  return polygon;
}

std::string format_polygon(const Polygon& polygon) {
  std::string text = "POLYGON(";
  for (std::size_t r = 0; r < polygon.rings.size(); ++r) {
    if (r > 0) text += ", ";
    text += "(";
    const auto& ring = polygon.rings[r];
    for (std::size_t i = 0; i <= ring.size(); ++i) {
      const Position& position = ring[i % ring.size()];
      if (i > 0) text += ", ";
      text +=
          format_decimal(position.longitude_nanodegrees, 9) + " " + format_decimal(position.latitude_nanodegrees, 9);
    }
    text += ")";
  }
  return text + ")";
}

Result<Polygon> parse_polygon(std::string_view text) {
  constexpr std::string_view opening = "POLYGON((";
  if (!text.starts_with(opening) || !text.ends_with("))")) return not_a_polygon("POLYGON((…))");
  text.remove_prefix(opening.size());
  text.remove_suffix(2);
  Polygon polygon;
  for (const std::string_view ring_text : split(text, '(')) {
    std::vector<Position> ring;
    const std::string_view inner = ring_text.substr(0, ring_text.find(')'));
    for (const std::string_view pair : split(inner, ',')) {
      const auto parts = split(trim(pair), ' ');
      if (parts.size() != 2) return not_a_polygon("x y");
      KX_TRY(longitude, parse_decimal(parts[0], 9));
      KX_TRY(latitude, parse_decimal(parts[1], 9));
      ring.push_back({latitude, longitude});
    }
    if (ring.size() < 4 || ring.front() != ring.back()) return not_a_polygon("open ring");
    ring.pop_back();
    polygon.rings.push_back(std::move(ring));
  }
  return decode_polygon(encode_polygon(polygon));
}

}  // namespace kuangxun::records
