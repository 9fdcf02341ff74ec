#include "app/clip/clip.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace kuangxun;
using namespace kuangxun::clip;

namespace {

Ring square(std::int64_t x, std::int64_t y, std::int64_t side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
}

bool holds(const Shape& shape, double x, double y) {
  bool is_inside = false;
  for (const Ring& ring : shape) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const auto ax = static_cast<double>(ring[i].x), ay = static_cast<double>(ring[i].y);
      const auto bx = static_cast<double>(ring[j].x), by = static_cast<double>(ring[j].y);
      if ((ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)) is_inside = !is_inside;
    }
  }
  return is_inside;
}

double sum_of(const Shape& shape) {
  double sum = 0;
  for (const Ring& ring : shape) sum += signed_area(ring);
  return sum;
}

Ring star(std::mt19937_64& engine, std::int64_t x, std::int64_t y, int corners) {
  Ring ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * 3.14159265358979 * i / corners;
    const auto radius = static_cast<double>(2000 + engine() % 8000);
    ring.push_back({x + std::llround(radius * std::cos(angle)), y + std::llround(radius * std::sin(angle))});
  }
  return ring;
}

}  // namespace

TEST_CASE("two squares: what they share, and what one has alone") {
  const auto pieces = clip::clip({square(0, 0, 100)}, {square(60, 0, 100)});
  REQUIRE(pieces.ok());
  CHECK(sum_of(pieces->common) == 4000);
  CHECK(sum_of(pieces->rest) == 6000);
}

TEST_CASE("a hole of the second is no part of what is shared, and an island in it is") {
  const Shape second = {square(0, 0, 100), square(20, 20, 60), square(40, 40, 20)};
  const auto pieces = clip::clip({square(0, 0, 100)}, second);
  REQUIRE(pieces.ok());
  CHECK(sum_of(pieces->common) == 10000 - 3600 + 400);
  CHECK(sum_of(pieces->rest) == 3600 - 400);
  CHECK(*area(second) == 10000 - 3600 + 400);
}

TEST_CASE("the same shape, shapes that only touch, and shapes far apart") {
  const auto same = clip::clip({square(0, 0, 100)}, {square(0, 0, 100)});
  CHECK(sum_of(same->common) == 10000);
  CHECK(same->rest.empty());
  const auto touching = clip::clip({square(0, 0, 100)}, {square(100, 0, 100)});
  CHECK(touching->common.empty());
  CHECK(sum_of(touching->rest) == 10000);
  const auto apart = clip::clip({square(0, 0, 100)}, {square(1000, 0, 100)});
  CHECK(apart->common.empty());
}

TEST_CASE("random shapes with holes: the areas are those that counting a fine grid of places gives") {
  std::mt19937_64 engine(7);
  for (int trial = 0; trial < 40; ++trial) {
    const Shape first = {star(engine, 0, 0, 17)};
    Ring hole = star(engine, 2000, 0, 9);
    for (Point& point : hole) point = {2000 + (point.x - 2000) / 8, point.y / 8};
    const Shape second = {star(engine, 3000, 1000, 23), hole};
    const auto pieces = clip::clip(first, second);
    REQUIRE(pieces.ok());
    double common = 0, rest = 0;
    constexpr int step = 40;
    for (int x = -10'000; x < 10'000; x += step) {
      for (int y = -10'000; y < 10'000; y += step) {
        if (!holds(first, x + 0.37, y + 0.61)) continue;
        (holds(second, x + 0.37, y + 0.61) ? common : rest) += step * step;
      }
    }
    CAPTURE(trial);
    // The grid counts a cell of the line wrongly or not: a few in a thousand of the whole.
    CHECK(std::abs(sum_of(pieces->common) - common) < 6e5);
    CHECK(std::abs(sum_of(pieces->rest) - rest) < 6e5);
    // Corners are rounded to a step: less than one times the outline.
    CHECK(std::abs(sum_of(pieces->common) + sum_of(pieces->rest) - std::abs(sum_of(first))) < 1e5);
  }
}

TEST_CASE("a coordinate beyond all bounds is refused") {
  CHECK_FALSE(clip::clip({square(0, 0, 5'000'000'000'000'000'000)}, {square(0, 0, 1)}).ok());
}
