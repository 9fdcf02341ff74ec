#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/geo/area_uncertainty.h"
#include "app/geo/boundary.h"

// For this folder only: a measured ring and a boundary in one plane where geodesics are straight.
namespace kuangxun::geo {

struct PlanePoint {
  double x = 0;  // east, metres
  double y = 0;  // north
};

// A stretch of a side, by the shares of its length where it begins and ends.
struct Stretch {
  std::size_t side = 0;
  double from = 0;
  double to = 0;
};

class OverlapPlane {
 public:
  // bad_input when they lie over 300 km apart.
  static Result<OverlapPlane> make(std::span<const MeasuredCorner> ring, const Boundary& boundary);

  const std::vector<PlanePoint>& ring() const { return ring_; }
  const std::vector<std::vector<PlanePoint>>& boundary() const { return boundary_; }
  Position position_of(const PlanePoint& point) const;

  // Where the ring's sides, each moved outward by its `shift_m` (as many as sides), lie outside the boundary, or
  // inside.
  std::vector<Stretch> ring_stretches(bool outside, std::span<const double> shift_m) const;
  // Where sides of that boundary ring, moved outward from the licence by `shift_m`, lie within the measured ring.
  std::vector<Stretch> boundary_stretches(std::size_t of, double shift_m) const;
  // +1 when the ring runs counter-clockwise; for a boundary's ring, when the licence is on the left.
  double ring_turn() const { return ring_turn_; }
  double boundary_turn(std::size_t of) const { return boundary_turns_[of]; }

 private:
  PlanePoint middle_;  // longitude and latitude, degrees
  std::vector<PlanePoint> ring_;
  std::vector<std::vector<PlanePoint>> boundary_;
  double ring_turn_ = 1;
  std::vector<double> boundary_turns_;
};

bool is_within(const PlanePoint& point, const std::vector<PlanePoint>& ring);
bool is_within(const PlanePoint& point, const std::vector<std::vector<PlanePoint>>& rings);
double distance_to(const PlanePoint& point, const std::vector<PlanePoint>& ring);
double distance_to(const PlanePoint& point, const std::vector<std::vector<PlanePoint>>& rings);

}  // namespace kuangxun::geo
