#pragma once

#include <optional>
#include <vector>

#include "app/inspect/edit/desk.h"
#include "app/inspect/track/track_filter.h"
#include "db/records/record.h"

namespace kuangxun::inspect {

// Writes what a receiver says along a visit. Points go to the store's pending row every keep_ms at the latest and
// become one operation, a block, each minute; a killed program loses what came after the last row, and goes on in the
// same track when it is started again. The owner calls take() for every fix, tick() when due_ms() has come, end() at
// the end. Others may write meanwhile; when one of them makes an operation of the open row, a new block begins.
class TrackRecorder {
 public:
  static constexpr std::int64_t keep_ms = 5'000;
  static constexpr std::int64_t block_ms_max = 60'000;
  // A track of the same person in the same visit that is older is over.
  static constexpr std::int64_t resume_ms_max = 12LL * 3600 * 1000;

  // Goes on in the track that the person recorded last in the visit. bad_input for a voided visit.
  static Result<TrackRecorder> begin(Desk& desk, const Uuid& visit, bool is_example = false,
                                     const TrackRules& rules = {});

  // `is_settled`: not among the receiver's first fixes. On an error nothing is lost: the points stay for the next try.
  Status take(Desk& desk, const gps::Fix& fix, bool is_settled);
  // The steady time at which tick() has something to do; nothing when all is kept.
  std::optional<std::int64_t> due_ms() const;
  Status tick(Desk& desk);
  // The block becomes an operation: before a sync, so that the county gets what was walked until now, and at the end.
  Status finish_block(Desk& desk);
  // The last fix, passed over or not, and what is open.
  Status end(Desk& desk);

  const TrackFilter::Counts& counts() const { return filter_.counts(); }
  bool is_resumed() const { return is_resumed_; }
  double length_m() const { return length_m_; }

 private:
  TrackRecorder(const Uuid& visit, bool is_example, const TrackRules& rules)
      : visit_(visit), is_example_(is_example), filter_(rules) {}
  Status append(Desk& desk, const records::TrackPoint& point);
  Status keep(Desk& desk);
  Status notice_promotion(Desk& desk);
  records::Record block(Desk& desk) const;
  void begin_block(Desk& desk);
  void close_block();

  Uuid visit_;
  bool is_example_;
  TrackFilter filter_;
  bool is_resumed_ = false;
  double length_m_ = 0;  // of this recorder's part
  std::optional<records::TrackPoint> last_;
  Uuid first_block_;  // nil while this is the first
  Uuid block_;        // nil while none is open
  std::vector<records::TrackPoint> points_;
  std::size_t points_kept_ = 0;  // of them in the pending row
  std::int64_t since_wall_ms_ = 0;
  std::int64_t begun_steady_ms_ = 0;
  std::optional<std::int64_t> unkept_since_ms_;  // steady
};

struct RecordedFix {
  gps::Fix fix;
  bool is_settled = true;
  bool is_after_gap = false;
};

// A whole recording at once, in one transaction; the ids of its blocks. bad_input when it has no usable fix, or when
// the visit has it already.
Result<std::vector<Uuid>> import_track(Desk& desk, const Uuid& visit, const std::vector<RecordedFix>& fixes,
                                       TrackFilter::Counts& counts);
// Of a receiver's NMEA: its first fixes are marked.
std::vector<RecordedFix> recorded_fixes(const std::vector<gps::Fix>& fixes);

}  // namespace kuangxun::inspect
