#include <GeographicLib/Gnomonic.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/geo/boundary.h"
#include "app/geo/ellipsoid.h"
#include "app/geo/measure_text.h"
#include "db/language/language.h"

// How a point stands to a boundary. Everything is reckoned in the gnomonic projection about the point itself: geodesics
// are straight there, and what is near keeps its length (to 1e-7 at 5 km; Karney 2013, section 8).
namespace kuangxun::geo {
namespace {

constexpr double pi = 3.14159265358979323846;
// So far away nothing is told by measuring on: farther than every error, and only shown roughly.
constexpr double measured_m_max = 5'000;
constexpr double sigmas_max = 8;  // what lies beyond has a probability of 1e-14

struct Plane {
  double x = 0;
  double y = 0;
};

struct Side {
  Plane from;
  Plane to;
};

std::vector<std::vector<Plane>> seen_from(const Position& point, const Boundary& boundary) {
  static const GeographicLib::Gnomonic gnomonic(cgcs2000());
  const double latitude_deg = degrees(point.latitude_nanodegrees);
  const double longitude_deg = degrees(point.longitude_nanodegrees);
  std::vector<std::vector<Plane>> rings;
  for (const auto& ring : boundary.rings()) {
    std::vector<Plane>& seen = rings.emplace_back();
    for (const Position& corner : ring) {
      Plane& plane = seen.emplace_back();
      gnomonic.Forward(latitude_deg, longitude_deg, degrees(corner.latitude_nanodegrees),
                       degrees(corner.longitude_nanodegrees), plane.x, plane.y);
    }
  }
  return rings;
}

double distance_to(const Side& side) {
  const double dx = side.to.x - side.from.x;
  const double dy = side.to.y - side.from.y;
  const double length_2 = dx * dx + dy * dy;
  const double share = length_2 > 0 ? std::clamp(-(side.from.x * dx + side.from.y * dy) / length_2, 0.0, 1.0) : 0;
  return std::hypot(side.from.x + share * dx, side.from.y + share * dy);
}

// The angle under which a side is seen, positive when it passes counter-clockwise.
double angle_of(const Side& side) {
  return std::atan2(side.from.x * side.to.y - side.from.y * side.to.x,
                    side.from.x * side.to.x + side.from.y * side.to.y);
}

// 16-point Gauss–Legendre on [-1, 1], half of the symmetric nodes (Abramowitz and Stegun, table 25.4).
constexpr std::array<double, 8> nodes = {0.0950125098376374, 0.2816035507792589, 0.4580167776572274,
                                         0.6178762444026438, 0.7554044083550030, 0.8656312023878318,
                                         0.9445750230732326, 0.9894009349916499};
constexpr std::array<double, 8> weights = {0.1894506104550685, 0.1826034150449236, 0.1691565193950025,
                                           0.1495959888165767, 0.1246289712555339, 0.0951585116824928,
                                           0.0622535239386479, 0.0271524594117541};

// The normal distribution's mass beyond a side, within the angle under which it is seen, times 2 pi: the integral of
// exp(-r²/2s²) with r = h / cos(angle from the perpendicular).
double mass_beyond(const Side& side, double sigma_m) {
  const double dx = side.to.x - side.from.x;
  const double dy = side.to.y - side.from.y;
  const double length = std::hypot(dx, dy);
  const double height = std::fabs(side.from.x * side.to.y - side.from.y * side.to.x) / length;
  if (height >= sigmas_max * sigma_m) return 0;
  // On its line: the triangle to it holds nothing.
  if (height < 1e-9 * sigma_m) return std::fabs(angle_of(side));
  const double begin = std::atan((side.from.x * dx + side.from.y * dy) / length / height);
  const double end = std::atan((side.to.x * dx + side.to.y * dy) / length / height);
  // Smooth but steep near the ends of the quarter turns: pieces of at most an eighth of a turn.
  const int pieces = std::max(1, static_cast<int>(std::ceil((end - begin) / (pi / 8))));
  const double step = (end - begin) / pieces;
  const double ratio = height * height / (2 * sigma_m * sigma_m);
  double sum = 0;
  for (int piece = 0; piece < pieces; ++piece) {
    const double middle = begin + (piece + 0.5) * step;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (const double node : {-nodes[i], nodes[i]}) {
        const double cosine = std::cos(middle + node * step / 2);
        sum += weights[i] * std::exp(-ratio / (cosine * cosine)) * step / 2;
      }
    }
  }
  return sum;
}

struct Seen {
  double distance_m = 0;  // without sign
  bool is_inside = false;
  double probability_inside = 0;  // when sigma_m > 0
};

Seen look(const std::vector<std::vector<Plane>>& rings, const Boundary& boundary, double sigma_m) {
  Seen seen;
  seen.distance_m = std::hypot(rings.front().front().x, rings.front().front().y);
  double turns = 0;
  double mass = 0;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    double angle = 0;
    double beyond = 0;
    double area = 0;
    const std::vector<Plane>& ring = rings[i];
    for (std::size_t j = 0; j < ring.size(); ++j) {
      const Side side{ring[j], ring[(j + 1) % ring.size()]};
      seen.distance_m = std::min(seen.distance_m, distance_to(side));
      const double seen_angle = angle_of(side);
      angle += seen_angle;
      area += side.from.x * side.to.y - side.from.y * side.to.x;
      if (sigma_m > 0) beyond += std::copysign(mass_beyond(side, sigma_m), seen_angle);
    }
    const double direction = std::copysign(1.0, area) * boundary.sign_of(i);
    turns += direction * angle / (2 * pi);
    mass += direction * (angle - beyond) / (2 * pi);
  }
  seen.is_inside = turns > 0.5;
  seen.probability_inside = std::clamp(mass, 0.0, 1.0);
  return seen;
}

Standing standing_of(double probability) {
  if (probability >= verdict_probability) return Standing::inside;
  if (probability <= 1 - verdict_probability) return Standing::outside;
  return Standing::cannot_tell;
}

// Chances are not shown finer than the model of the errors is.
std::string percent(double probability) {
  if (probability > 0.999) return ">99.9 %";
  if (probability < 0.001) return "<0.1 %";
  return rounded_text(probability * 100, 1) + " %";
}

}  // namespace

std::string reason_of(const Placement& placement) {
  const std::string distance = rounded_text(std::fabs(placement.distance_m), 1);
  const std::string where = placement.distance_m < 0 ? say_with("inside, {0} m from the line", {distance})
                                                     : say_with("outside, {0} m from the line", {distance});
  if (!placement.is_receiver_known) {
    return say_with("computed {0}; the receiver's accuracy is unknown: no verdict", {where});
  }
  if (!placement.are_corners_known) {
    return say_with("computed {0}; the corners' accuracy is unknown: no verdict", {where});
  }
  const std::string chance = percent(*placement.probability_inside);
  if (placement.standing == Standing::cannot_tell) {
    return say_with("computed {0}, but the chance of inside is {1}: it cannot be determined", {where, chance});
  }
  return say_with("{0} (chance of inside {1})", {where, chance});
}

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::inside:
      return "inside";
    case Standing::outside:
      return "outside";
    case Standing::cannot_tell:
      break;
  }
  return "unknown";
}

Result<Placement> place(const Position& position, std::optional<std::int64_t> accuracy_mm, const Boundary& boundary) {
  KX_CHECK(check_position(position));
  Placement placement;
  placement.is_receiver_known = accuracy_mm.has_value();
  placement.are_corners_known = boundary.corner_accuracy_mm().has_value();
  const bool is_known = placement.is_receiver_known && placement.are_corners_known;
  double sigma_m = 0;
  if (is_known) {
    const double radial_m =
        std::hypot(static_cast<double>(*accuracy_mm), static_cast<double>(*boundary.corner_accuracy_mm())) / 1000;
    // Radial to one direction; nothing is more exact than a millimetre.
    sigma_m = std::max(0.001, radial_m / std::sqrt(2.0));
  }
  const double away_m = boundary.distance_at_least_m(position);
  if (away_m > std::max(measured_m_max, sigmas_max * sigma_m)) {
    placement.distance_m = away_m;
    placement.is_at_least = true;
    if (is_known) placement.probability_inside = 0;
    placement.standing = is_known ? Standing::outside : Standing::cannot_tell;
  } else {
    const Seen seen = look(seen_from(position, boundary), boundary, sigma_m);
    placement.distance_m = seen.is_inside ? -seen.distance_m : seen.distance_m;
    if (is_known) {
      placement.probability_inside = seen.probability_inside;
      placement.standing = standing_of(seen.probability_inside);
    }
  }
  return placement;
}

Result<TrackPlacement> place_track(std::span<const TrackPoint> track, const Boundary& boundary) {
  TrackPlacement whole;
  bool is_known = !track.empty();
  double least_inside = 1;
  double doubts = 0;
  for (std::size_t i = 0; i < track.size(); ++i) {
    KX_TRY(one, place(track[i].position, track[i].accuracy_mm, boundary));
    is_known = is_known && one.probability_inside.has_value();
    least_inside = std::min(least_inside, one.probability_inside.value_or(1));
    doubts += 1 - one.probability_inside.value_or(0);
    whole.inside += one.standing == Standing::inside ? 1 : 0;
    whole.cannot_tell += one.standing == Standing::cannot_tell ? 1 : 0;
    if (one.standing != Standing::outside) continue;
    ++whole.outside;
    if (!whole.first_outside) whole.first_outside = i;
    if (!whole.farthest_index || one.distance_m > whole.farthest_m) {
      whole.farthest_index = i;
      whole.farthest_m = one.distance_m;
    }
  }
  // Of many points some would be called outside by chance: the whole needs as much certainty as one point does.
  if (is_known && least_inside <= (1 - verdict_probability) / static_cast<double>(track.size())) {
    whole.standing = Standing::outside;
  } else if (is_known && doubts <= 1 - verdict_probability) {
    whole.standing = Standing::inside;
  }
  return whole;
}

}  // namespace kuangxun::geo
