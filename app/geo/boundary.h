#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/geo/position.h"
#include "db/base/result.h"

namespace kuangxun::geo {

// The line of a licence, made ready to be asked often: outer rings and holes, each open (the first corner not
// repeated), in any order and any direction; a ring inside another is a hole, one inside that an island. Sides are
// geodesics.
class Boundary {
 public:
  // `corner_accuracy_mm`: radial, 1 sigma; absent: unknown. bad_input names ring and corner: fewer than 3 corners,
  // neighbours that are the same, a ring that crosses itself, out of range, more than limits::ring_points_max in all.
  static Result<Boundary> make(std::vector<std::vector<Position>> rings,
                               std::optional<std::int64_t> corner_accuracy_mm);

  const std::vector<std::vector<Position>>& rings() const { return rings_; }
  // Of that ring: +1 counts in, -1 out (a hole).
  int sign_of(std::size_t ring) const { return signs_[ring]; }
  std::optional<std::int64_t> corner_accuracy_mm() const { return corner_accuracy_mm_; }
  // At least so far from the line, in metres, by the box around it; 0 inside the box. Never more than the truth.
  double distance_at_least_m(const Position& position) const;
  // Square metres, holes taken out.
  Result<double> area_m2() const;

 private:
  Boundary() = default;
  Status check_rings() const;
  void find_signs();
  void find_box();

  std::vector<std::vector<Position>> rings_;
  std::vector<int> signs_;
  std::optional<std::int64_t> corner_accuracy_mm_;
  Position south_west_;
  Position north_east_;
};

enum class Standing { inside, outside, cannot_tell };
std::string_view name_of(Standing standing);  // "inside", "outside", "unknown", as JSON has it

struct Placement {
  Standing standing = Standing::cannot_tell;
  // To the nearest side, negative inside. When `is_at_least`, it is farther away than that, and not measured.
  double distance_m = 0;
  bool is_at_least = false;
  // That it is inside, from the receiver's and the corners' errors together; absent when one of them is unknown.
  std::optional<double> probability_inside;
  bool is_receiver_known = false;  // its accuracy
  bool are_corners_known = false;  // theirs
};
// For people. Only where it is shown: to word it takes longer than to place a point that is far away.
std::string reason_of(const Placement& placement);

// A verdict needs so much; in between it cannot be told.
constexpr double verdict_probability = 0.95;

// `accuracy_mm`: radial, 1 sigma (gps::Fix). Errors are taken as normal and alike in all directions; the corners' are
// added to the receiver's, which is right at a corner and too cautious between two. Near a corner the probability is
// that of the real shape, not of one straight line. Without an accuracy on either side only the distance is said.
Result<Placement> place(const Position& position, std::optional<std::int64_t> accuracy_mm, const Boundary& boundary);

struct TrackPoint {
  Position position;
  std::optional<std::int64_t> accuracy_mm;
};

// A track's points one by one; what lies between two is not known.
struct TrackPlacement {
  std::size_t inside = 0;
  std::size_t outside = 0;
  std::size_t cannot_tell = 0;
  std::optional<std::size_t> first_outside;   // its index
  std::optional<std::size_t> farthest_index;  // of those outside
  double farthest_m = 0;
  // Of the whole, at verdict_probability: outside when one point is so certainly that chance among so many does not
  // explain it (its chance of inside is at most 5 % divided by their number); inside when the doubts together are at
  // most 5 %.
  Standing standing = Standing::cannot_tell;
};
Result<TrackPlacement> place_track(std::span<const TrackPoint> track, const Boundary& boundary);

// From a standing place to a corner that is looked for.
struct StakeOut {
  double distance_m = 0;
  double bearing_deg = 0;  // from north, clockwise
  double north_m = 0;      // what is still to go
  double east_m = 0;
  // From the direction of walking: positive to the right, -180 to 180; absent while nobody walks.
  std::optional<double> turn_deg;
  bool is_fine = false;  // under a metre: the two components guide, not the bearing
};
Result<StakeOut> stake_out(const Position& from, const Position& corner, std::optional<double> course_deg);

}  // namespace kuangxun::geo
