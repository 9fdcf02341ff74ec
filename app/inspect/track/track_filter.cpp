#include "app/inspect/track/track_filter.h"

#include <algorithm>

#include "app/geo/geodesy.h"
#include "db/records/enumerations.h"

namespace kuangxun::inspect {
namespace {

using records::TrackPoint;

std::int64_t distance_mm(const TrackPoint& from, const TrackPoint& to) {
  const auto metres = geo::distance_m({from.latitude_nanodegrees, from.longitude_nanodegrees},
                                      {to.latitude_nanodegrees, to.longitude_nanodegrees});
  return metres.ok() ? static_cast<std::int64_t>(*metres * 1000) : INT64_MAX / 4;
}

std::uint8_t quality_number(std::string_view name) {
  const auto* option = records::fix_type_enumeration.find(name);
  return option != nullptr ? static_cast<std::uint8_t>(option->number) : std::uint8_t{0};
}

std::optional<TrackPoint> point_of(const gps::Fix& fix, bool is_settled) {
  const auto type = gps::evidence_type_name(fix);
  if (!fix.utc_ms || !type || !fix.sentences_agree) return std::nullopt;
  TrackPoint point{*fix.utc_ms, fix.latitude_nanodegrees, fix.longitude_nanodegrees};
  point.ellipsoidal_height_mm = fix.ellipsoidal_height_mm();
  point.accuracy_mm = fix.accuracy_mm;
  point.fix_quality = quality_number(*type);
  constexpr int satellites_max = 255;
  if (fix.satellites && 0 < *fix.satellites && *fix.satellites <= satellites_max) {
    point.satellites = static_cast<std::uint8_t>(*fix.satellites);
  }
  if (!is_settled) point.flags |= records::track_flags::unsettled;
  return point;
}

}  // namespace

bool TrackFilter::is_jump(const TrackPoint& from, const TrackPoint& to) const {
  const std::int64_t elapsed_ms = std::max<std::int64_t>(to.time_ms - from.time_ms, 1);
  // Three times the 1 sigma of each: an honest bad fix is no outlier.
  const std::int64_t errors_mm = 3 * (from.accuracy_mm.value_or(5'000) + to.accuracy_mm.value_or(5'000));
  return distance_mm(from, to) - errors_mm > elapsed_ms * rules_.speed_mm_s_max / 1000;
}

TrackPoint TrackFilter::keep(TrackPoint point, bool is_gap) {
  if (is_gap) point.flags |= records::track_flags::gap_before;
  is_interrupted_ = false;
  is_near_last_ = false;
  jumped_.reset();
  jumps_ = 0;
  kept_ = seen_ = point;
  ++counts_.kept;
  return point;
}

std::optional<TrackPoint> TrackFilter::take(const gps::Fix& fix, bool is_settled) {
  const auto point = point_of(fix, is_settled);
  if (!point) {
    ++counts_.unusable;
    return std::nullopt;
  }
  if (!seen_) return keep(*point, is_interrupted_);
  const std::int64_t since_seen_ms = point->time_ms - seen_->time_ms;
  // A receiver whose clock was set back begins anew; the order of coming stays.
  if (is_interrupted_ || since_seen_ms > rules_.gap_ms_min || since_seen_ms < 0) return keep(*point, true);
  if (is_jump(*seen_, *point)) {
    const bool agrees = jumped_ && !is_jump(*jumped_, *point);
    jumps_ = agrees ? jumps_ + 1 : 1;
    jumped_ = point;
    ++counts_.outliers;
    if (jumps_ < rules_.jumps_believed) return std::nullopt;
    counts_.outliers -= 1;  // this one is kept
    return keep(*point, true);
  }
  jumped_.reset();
  jumps_ = 0;
  seen_ = point;
  const bool is_near = distance_mm(*kept_, *point) < rules_.distance_mm_min;
  if (is_near && point->time_ms - kept_->time_ms < rules_.rest_ms_max) {
    ++counts_.near;
    is_near_last_ = true;
    return std::nullopt;
  }
  return keep(*point, false);
}

std::optional<TrackPoint> TrackFilter::take_last() {
  if (!is_near_last_ || !seen_) return std::nullopt;
  --counts_.near;
  return keep(*seen_, false);
}

}  // namespace kuangxun::inspect
