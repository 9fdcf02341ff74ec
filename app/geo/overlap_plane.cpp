#include "app/geo/overlap_plane.h"

#include <GeographicLib/Gnomonic.hpp>
#include <algorithm>
#include <cmath>

#include "app/geo/ellipsoid.h"
#include "app/geo/geodesy.h"
#include "db/language/language.h"

namespace kuangxun::geo {
namespace {

constexpr double apart_m_max = 300'000;

const GeographicLib::Gnomonic& gnomonic() {
  static const GeographicLib::Gnomonic projection(cgcs2000());
  return projection;
}

double turn_of(const std::vector<PlanePoint>& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PlanePoint& from = ring[i];
    const PlanePoint& to = ring[(i + 1) % ring.size()];
    twice += from.x * to.y - to.x * from.y;
  }
  return twice < 0 ? -1 : 1;
}

// The side, moved across itself: positive to the right of its direction.
std::pair<PlanePoint, PlanePoint> moved(PlanePoint from, PlanePoint to, double right_m) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (right_m == 0 || length == 0) return {from, to};
  const double x = (to.y - from.y) / length * right_m;
  const double y = -(to.x - from.x) / length * right_m;
  return {{from.x + x, from.y + y}, {to.x + x, to.y + y}};
}

// The shares at which a side crosses sides of the rings, with 0 and 1, in order.
void add_crossings(const PlanePoint& from, const PlanePoint& to, const std::vector<PlanePoint>& ring,
                   std::vector<double>& shares) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  for (std::size_t j = 0; j < ring.size(); ++j) {
    const PlanePoint& a = ring[j];
    const PlanePoint& b = ring[(j + 1) % ring.size()];
    const double side_a = dx * (a.y - from.y) - dy * (a.x - from.x);
    const double side_b = dx * (b.y - from.y) - dy * (b.x - from.x);
    if ((side_a > 0) == (side_b > 0)) continue;
    const double along = side_a / (side_a - side_b);
    const double x = a.x + along * (b.x - a.x) - from.x;
    const double y = a.y + along * (b.y - a.y) - from.y;
    const double share = (x * dx + y * dy) / (dx * dx + dy * dy);
    if (share > 0 && share < 1) shares.push_back(share);
  }
}

template <class Wanted>
void add_stretches(std::size_t side, const PlanePoint& from, const PlanePoint& to, std::vector<double>& shares,
                   const Wanted& is_wanted, std::vector<Stretch>& stretches) {
  std::ranges::sort(shares);
  for (std::size_t k = 0; k + 1 < shares.size(); ++k) {
    if (shares[k + 1] - shares[k] < 1e-12) continue;
    const double middle = (shares[k] + shares[k + 1]) / 2;
    const PlanePoint place{from.x + middle * (to.x - from.x), from.y + middle * (to.y - from.y)};
    if (is_wanted(place)) stretches.push_back({side, shares[k], shares[k + 1]});
  }
}

}  // namespace

bool is_within(const PlanePoint& point, const std::vector<PlanePoint>& ring) {
  bool is_inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    if ((ring[i].y > point.y) == (ring[j].y > point.y)) continue;
    const double share = (point.y - ring[i].y) / (ring[j].y - ring[i].y);
    if (point.x < ring[i].x + share * (ring[j].x - ring[i].x)) is_inside = !is_inside;
  }
  return is_inside;
}

bool is_within(const PlanePoint& point, const std::vector<std::vector<PlanePoint>>& rings) {
  bool is_inside = false;
  for (const auto& ring : rings) is_inside = is_inside != is_within(point, ring);
  return is_inside;
}

double distance_to(const PlanePoint& point, const std::vector<PlanePoint>& ring) {
  double nearest = std::hypot(ring.front().x - point.x, ring.front().y - point.y);
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PlanePoint& from = ring[i];
    const PlanePoint& to = ring[(i + 1) % ring.size()];
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double length_2 = dx * dx + dy * dy;
    const double share =
        length_2 > 0 ? std::clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / length_2, 0.0, 1.0) : 0;
    nearest = std::min(nearest, std::hypot(from.x + share * dx - point.x, from.y + share * dy - point.y));
  }
  return nearest;
}

double distance_to(const PlanePoint& point, const std::vector<std::vector<PlanePoint>>& rings) {
  double nearest = distance_to(point, rings.front());
  for (const auto& ring : rings) nearest = std::min(nearest, distance_to(point, ring));
  return nearest;
}

Result<OverlapPlane> OverlapPlane::make(std::span<const MeasuredCorner> ring, const Boundary& boundary) {
  OverlapPlane plane;
  double north_deg = 0, east_deg = 0;
  for (const MeasuredCorner& corner : ring) {
    north_deg += degrees(corner.position.latitude_nanodegrees) / static_cast<double>(ring.size());
    east_deg += degrees(corner.position.longitude_nanodegrees) / static_cast<double>(ring.size());
  }
  plane.middle_ = {east_deg, north_deg};
  bool is_far = false;
  const auto seen = [&](const Position& position) {
    PlanePoint point;
    gnomonic().Forward(north_deg, east_deg, degrees(position.latitude_nanodegrees),
                       degrees(position.longitude_nanodegrees), point.x, point.y);
    is_far = is_far || !(std::hypot(point.x, point.y) <= apart_m_max);
    return point;
  };
  for (const MeasuredCorner& corner : ring) plane.ring_.push_back(seen(corner.position));
  for (std::size_t i = 0; i < boundary.rings().size(); ++i) {
    auto& projected = plane.boundary_.emplace_back();
    for (const Position& corner : boundary.rings()[i]) projected.push_back(seen(corner));
    plane.boundary_turns_.push_back(turn_of(projected) * boundary.sign_of(i));
  }
  plane.ring_turn_ = turn_of(plane.ring_);
  if (is_far) {
    return Error(ErrorCode::bad_input, phrase("the measured area and the boundary are over 300 km apart: check the "
                                              "coordinates"));
  }
  return plane;
}

Position OverlapPlane::position_of(const PlanePoint& point) const {
  double north_deg = 0, east_deg = 0;
  gnomonic().Reverse(middle_.y, middle_.x, point.x, point.y, north_deg, east_deg);
  return {std::llround(north_deg * static_cast<double>(nanodegrees_per_degree)),
          std::llround(east_deg * static_cast<double>(nanodegrees_per_degree))};
}

std::vector<Stretch> OverlapPlane::ring_stretches(bool outside, std::span<const double> shift_m) const {
  std::vector<Stretch> stretches;
  std::vector<double> shares;
  for (std::size_t i = 0; i < ring_.size(); ++i) {
    const auto [from, to] = moved(ring_[i], ring_[(i + 1) % ring_.size()], ring_turn_ * shift_m[i]);
    shares.assign({0.0, 1.0});
    for (const auto& other : boundary_) add_crossings(from, to, other, shares);
    add_stretches(
        i, from, to, shares, [&](const PlanePoint& place) { return is_within(place, boundary_) != outside; },
        stretches);
  }
  return stretches;
}

std::vector<Stretch> OverlapPlane::boundary_stretches(std::size_t of, double shift_m) const {
  std::vector<Stretch> stretches;
  std::vector<double> shares;
  const auto& sides = boundary_[of];
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const auto [from, to] = moved(sides[i], sides[(i + 1) % sides.size()], boundary_turns_[of] * shift_m);
    shares.assign({0.0, 1.0});
    add_crossings(from, to, ring_, shares);
    add_stretches(
        i, from, to, shares, [&](const PlanePoint& place) { return is_within(place, ring_); }, stretches);
  }
  return stretches;
}

}  // namespace kuangxun::geo
