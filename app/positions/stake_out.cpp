#include "app/positions/stake_out.h"

#include <cmath>

#include "app/geo/boundary.h"
#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::positions {
namespace {

using blocks::Fact;
using blocks::Tone;

// Slower than this a receiver's course is that of its noise.
constexpr std::int64_t walking_mm_s_min = 500;
constexpr double mm_per_m = 1000;

std::string metres(double value_m, int decimals) {
  return format_decimal_padded(std::llround(value_m * std::pow(10.0, decimals)), decimals) + " m";
}

std::optional<double> course_of(const gps::Fix& fix) {
  if (!fix.course_millidegrees || !fix.speed_mm_s || *fix.speed_mm_s < walking_mm_s_min) return std::nullopt;
  return static_cast<double>(*fix.course_millidegrees) / 1000;
}

std::optional<double> error_of(const gps::Fix& fix, const licence::Corner& corner) {
  if (!fix.accuracy_mm || !corner.accuracy_mm) return std::nullopt;
  return std::hypot(static_cast<double>(*fix.accuracy_mm), static_cast<double>(*corner.accuracy_mm)) / mm_per_m;
}

Fact distance_fact(const geo::StakeOut& out, const std::optional<double>& error_m, const licence::Corner& corner) {
  constexpr double coarse_m = 100;
  Fact fact{say_with("To {0}", {corner.name}), metres(out.distance_m, out.distance_m < coarse_m ? 1 : 0)};
  if (!error_m) {
    fact.note = say_text("the accuracy of the position or of the corner is unknown");
    return fact;
  }
  // Upward: it never promises more.
  fact.value += " ± " + metres(std::ceil(*error_m * 10 - 1e-6) / 10, 1);
  fact.note = say_text("receiver and corner together, 1 sigma");
  if (out.distance_m > *error_m) return fact;
  fact.note = say_text("within the error, nearer cannot be determined: look around for the marker");
  fact.tone = Tone::good;
  return fact;
}

std::string component(double value_m, std::string_view positive, std::string_view negative) {
  return std::string(value_m < 0 ? negative : positive) + " " + metres(std::fabs(value_m), 2);
}

}  // namespace

const licence::Corner* nearest_corner(const std::vector<licence::Corner>& corners, const gps::Fix* fix) {
  if (fix == nullptr) return nullptr;
  const licence::Corner* nearest = nullptr;
  double nearest_m = 0;
  for (const licence::Corner& corner : corners) {
    const auto out =
        geo::stake_out({fix->latitude_nanodegrees, fix->longitude_nanodegrees}, corner.position, std::nullopt);
    if (!out.ok() || (nearest != nullptr && out->distance_m >= nearest_m)) continue;
    nearest = &corner;
    nearest_m = out->distance_m;
  }
  return nearest;
}

std::string turn_text(const std::optional<double>& turn_deg) {
  if (!turn_deg) return say_text("known once you walk");
  constexpr double straight_deg = 10, back_deg = 150;
  const std::string degrees = std::to_string(std::llround(std::fabs(*turn_deg)));
  if (std::fabs(*turn_deg) <= straight_deg) return say_text("straight on");
  if (std::fabs(*turn_deg) >= back_deg) return say_text("turn round");
  return *turn_deg > 0 ? say_with("turn right {0}°", {degrees}) : say_with("turn left {0}°", {degrees});
}

std::string compass_text(double bearing_deg) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> points = {{{"北", "N"},
                                                                                    {"东北", "NE"},
                                                                                    {"东", "E"},
                                                                                    {"东南", "SE"},
                                                                                    {"南", "S"},
                                                                                    {"西南", "SW"},
                                                                                    {"西", "W"},
                                                                                    {"西北", "NW"}}};
  const auto index = static_cast<std::size_t>(std::llround(bearing_deg / 45)) % points.size();
  return either_text(points[index].first, points[index].second);
}

std::vector<Fact> stake_out_facts(const gps::Fix& fix, const licence::Corner& corner) {
  const auto out =
      geo::stake_out({fix.latitude_nanodegrees, fix.longitude_nanodegrees}, corner.position, course_of(fix));
  if (!out.ok()) return {{say_text("Stake-out"), out.error().message()}};
  std::vector<Fact> facts = {distance_fact(*out, error_of(fix, corner), corner)};
  if (out->is_fine) {
    // So near a bearing jumps with each fix; the two components guide.
    facts.push_back({say_text("Still to go"), component(out->north_m, say("north"), say("south")) +
                                                  say_text(in_context("criteria", ", ")) +
                                                  component(out->east_m, say("east"), say("west"))});
    return facts;
  }
  facts.push_back({say_text("Bearing"),
                   std::to_string(std::llround(out->bearing_deg) % 360) + "° " + compass_text(out->bearing_deg),
                   say_text("clockwise from true north")});
  facts.push_back({say_text("Turn"), turn_text(out->turn_deg), {}, out->turn_deg ? Tone::accent : Tone::muted});
  return facts;
}

}  // namespace kuangxun::positions
