#pragma once

#include <cstdint>
#include <optional>

#include "app/gps/fix.h"
#include "db/records/track_block.h"

namespace kuangxun::inspect {

struct TrackRules {
  // Nearer to the point before than this, a fix is passed over…
  std::int64_t distance_mm_min = 2'000;
  // …unless so long none was kept: standing still is seen too.
  std::int64_t rest_ms_max = 10'000;
  // Who moves faster (250 km/h) does not; the errors of both fixes are taken off first.
  std::int64_t speed_mm_s_max = 70'000;
  // So many in a row that agree with each other are believed: the receiver was wrong before, or was carried.
  int jumps_believed = 3;
  // So long without a fix, and no line is drawn over it.
  std::int64_t gap_ms_min = 10'000;
};

// Which fixes become points of a track, and which points begin after a gap. Pure; used by one thread.
class TrackFilter {
 public:
  struct Counts {
    std::int64_t kept = 0;
    std::int64_t near = 0;      // too near to the point before
    std::int64_t outliers = 0;  // too far from it to be true
    std::int64_t unusable = 0;  // without time, not measured, or their sentences disagree
  };

  explicit TrackFilter(const TrackRules& rules = {}) : rules_(rules) {}

  // The point to keep, if the fix makes one. `is_settled`: not among the receiver's first fixes.
  std::optional<records::TrackPoint> take(const gps::Fix& fix, bool is_settled);
  // The last fix that was passed over for being near, if any: the track ends with it.
  std::optional<records::TrackPoint> take_last();
  // Whatever comes next begins after a gap: the program was not running.
  void interrupt() { is_interrupted_ = true; }
  const Counts& counts() const { return counts_; }

 private:
  bool is_jump(const records::TrackPoint& from, const records::TrackPoint& to) const;
  records::TrackPoint keep(records::TrackPoint point, bool is_gap);

  TrackRules rules_;
  Counts counts_;
  std::optional<records::TrackPoint> kept_;
  std::optional<records::TrackPoint> seen_;  // the last one believed, kept or near
  std::optional<records::TrackPoint> jumped_;
  int jumps_ = 0;
  bool is_interrupted_ = false;
  bool is_near_last_ = false;
};

}  // namespace kuangxun::inspect
