#include "app/geo/ring_crossing.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <vector>

namespace kuangxun::geo {
namespace {

// Products of two differences of 1e-9 degrees need 77 bits.
__extension__ typedef __int128 Wide;

struct Point {
  std::int64_t x;
  std::int64_t y;
  bool operator==(const Point&) const = default;
};

struct Side {
  Point from;
  Point to;
  std::int64_t x_min() const { return std::min(from.x, to.x); }
  std::int64_t x_max() const { return std::max(from.x, to.x); }
  std::int64_t y_min() const { return std::min(from.y, to.y); }
  std::int64_t y_max() const { return std::max(from.y, to.y); }
};

// Left (1), right (-1) or on (0) the line from a to b.
int turn(const Point& a, const Point& b, const Point& c) {
  const Wide cross = Wide{b.x - a.x} * (c.y - a.y) - Wide{b.y - a.y} * (c.x - a.x);
  return cross > 0 ? 1 : cross < 0 ? -1 : 0;
}

bool boxes_meet(const Side& a, const Side& b) {
  return a.x_min() <= b.x_max() && b.x_min() <= a.x_max() && a.y_min() <= b.y_max() && b.y_min() <= a.y_max();
}

bool meet(const Side& a, const Side& b) {
  return boxes_meet(a, b) && turn(a.from, a.to, b.from) * turn(a.from, a.to, b.to) <= 0 &&
         turn(b.from, b.to, a.from) * turn(b.from, b.to, a.to) <= 0;
}

// Neighbours share a point; they may not share more, which is a walk straight back.
bool doubles_back(const Side& side, const Side& next) {
  if (turn(side.from, side.to, next.to) != 0) return false;
  const Wide along = Wide{side.to.x - side.from.x} * (next.to.x - next.from.x) +
                     Wide{side.to.y - side.from.y} * (next.to.y - next.from.y);
  return along < 0;
}

// Longitudes are counted on from the first point, so that 180° is no edge of the world.
std::vector<Side> sides_of(std::span<const Position> ring) {
  constexpr std::int64_t circle = 2 * longitude_nanodegrees_max;
  std::vector<Point> points;
  points.reserve(ring.size());
  std::int64_t x = ring.front().longitude_nanodegrees;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (i > 0) {
      std::int64_t step = ring[i].longitude_nanodegrees - ring[i - 1].longitude_nanodegrees;
      if (step > longitude_nanodegrees_max) step -= circle;
      if (step < -longitude_nanodegrees_max) step += circle;
      x += step;
    }
    points.push_back({x, ring[i].latitude_nanodegrees});
  }
  std::vector<Side> sides;
  sides.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) sides.push_back({points[i], points[(i + 1) % points.size()]});
  return sides;
}

bool wrongly_meet(const std::vector<Side>& sides, std::size_t a, std::size_t b) {
  const std::size_t count = sides.size();
  if ((a + 1) % count == b) return doubles_back(sides[a], sides[b]);
  if ((b + 1) % count == a) return doubles_back(sides[b], sides[a]);
  return meet(sides[a], sides[b]);
}

}  // namespace

std::optional<Crossing> find_crossing(std::span<const Position> ring) {
  assert(ring.size() >= 3);
  const std::vector<Side> sides = sides_of(ring);
  std::vector<std::size_t> from_west(sides.size());
  std::iota(from_west.begin(), from_west.end(), std::size_t{0});
  std::sort(from_west.begin(), from_west.end(),
            [&](std::size_t a, std::size_t b) { return sides[a].x_min() < sides[b].x_min(); });
  // A line swept from west to east; `open` are the sides it still touches. A walked track has few at a time.
  std::vector<std::size_t> open;
  for (const std::size_t side : from_west) {
    std::erase_if(open, [&](std::size_t other) { return sides[other].x_max() < sides[side].x_min(); });
    for (const std::size_t other : open) {
      if (wrongly_meet(sides, side, other)) return Crossing{std::min(side, other), std::max(side, other)};
    }
    open.push_back(side);
  }
  return std::nullopt;
}

}  // namespace kuangxun::geo
