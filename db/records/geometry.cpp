#include "db/records/geometry.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

#include "db/base/decimal.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

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

double degrees_of(std::int64_t coordinate_nanodegrees) {
  return static_cast<double>(coordinate_nanodegrees) / nanodegrees;
}

void append_position(Bytes& bytes, const Position& position) {
  append(bytes, degrees_of(position.longitude_nanodegrees));
  append(bytes, degrees_of(position.latitude_nanodegrees));
}

template <class T>
bool take(ByteView& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
  return true;
}

Error not_a_polygon(const Words& why) {
  return Error(ErrorCode::bad_input, phrase("not a valid polygon ({0})", {why}));
}

// Takes one coordinate; an empty text, or why it is refused. The bits must be those that append_position writes, so
// that a position has one form and nothing is rounded unseen.
std::string_view take_coordinate(ByteView& bytes, double limit_deg, std::int64_t& coordinate_nanodegrees) {
  double degrees = 0;
  if (!take(bytes, degrees)) return "ring length";
  if (!std::isfinite(degrees) || std::fabs(degrees) > limit_deg) return "range";
  coordinate_nanodegrees = std::llround(degrees * nanodegrees);
  const bool same =
      std::bit_cast<std::uint64_t>(degrees_of(coordinate_nanodegrees)) == std::bit_cast<std::uint64_t>(degrees);
  return same ? std::string_view() : "nanodegrees";
}

Result<std::vector<Position>> take_ring(ByteView& bytes) {
  std::uint32_t count = 0;
  if (!take(bytes, count) || count < 4 || count > bytes.size() / 16) return not_a_polygon("ring length");
  std::vector<Position> ring;
  ring.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Position position;
    std::string_view wrong = take_coordinate(bytes, 180, position.longitude_nanodegrees);
    if (wrong.empty()) wrong = take_coordinate(bytes, 90, position.latitude_nanodegrees);
    if (!wrong.empty()) return not_a_polygon(wrong);
    ring.push_back(position);
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
    assert(!ring.empty());
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
  const auto ring_texts = split(text, '(');
  for (std::size_t r = 0; r < ring_texts.size(); ++r) {
    std::vector<Position> ring;
    const std::string_view inner = ring_texts[r].substr(0, ring_texts[r].find(')'));
    const std::string_view after = trim(ring_texts[r].substr(inner.size()));
    const bool is_last = r + 1 == ring_texts.size();
    if (is_last ? !after.empty() : after != "),") return not_a_polygon("), (");
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
