#include "app/receiver/route.h"

#include <utility>

// A track is evidence of where somebody was: that another page or another visit is looked at is no reason to end it.
// Only its end, asked for, or the beginning of another one does.
namespace kuangxun::receiver {

Status Route::begin(inspect::Desk& desk, const Uuid& visit, bool is_example) {
  KX_CHECK(end(desk));
  KX_TRY(recorder, inspect::TrackRecorder::begin(desk, visit, is_example));
  track_ = Track{visit, 0, 0, recorder.is_resumed()};
  recorder_ = std::move(recorder);
  return {};
}

Status Route::end(inspect::Desk& desk) {
  if (!recorder_) return {};
  KX_CHECK(tick(desk));
  const Status ended = recorder_->end(desk);
  // What could not be written stands in the pending row, and becomes an operation at the next start.
  recorder_.reset();
  track_.reset();
  walk_.reset();
  waiting_.clear();
  return ended;
}

Status Route::begin_walk(inspect::Desk& desk, const Uuid& visit, bool is_example) {
  if (!track_ || track_->visit != visit) KX_CHECK(begin(desk, visit, is_example));
  walk_.emplace();
  walk_filter_ = inspect::TrackFilter();
  return {};
}

void Route::drop_walk() {
  walk_.reset();
}

void Route::note_point(const Uuid& visit, const Uuid& point) {
  if (walk_ && track_ && track_->visit == visit) walk_->points_taken.push_back(point.text());
}

void Route::take(const JudgedFix& judged) {
  if (recorder_) waiting_.push_back(judged);
}

Status Route::tick(inspect::Desk& desk) {
  if (!recorder_) return {};
  // On an error the recorder keeps the points for the next try.
  Status status;
  bool has_walked = false;
  for (const JudgedFix& judged : std::exchange(waiting_, {})) {
    const bool is_settled = judged.verdict != gps::GateVerdict::warming_up;
    if (walk_) {
      if (const auto point = walk_filter_.take(judged.fix, is_settled)) {
        walk_->points.push_back(*point);
        has_walked = true;
      }
    }
    if (const Status taken = recorder_->take(desk, judged.fix, is_settled); !taken.ok()) status = taken;
  }
  if (has_walked) walk_->live = inspect::measure_walk(walk_->points);
  track_->points = recorder_->counts().kept;
  track_->length_m = recorder_->length_m();
  KX_CHECK(status);
  return recorder_->tick(desk);
}

Status Route::keep(inspect::Desk& desk) {
  KX_CHECK(tick(desk));
  return recorder_ ? recorder_->finish_block(desk) : Status();
}

const Route::Walk* Route::walk_of(const Uuid& visit) const {
  return walk_ && track_ && track_->visit == visit ? &*walk_ : nullptr;
}

}  // namespace kuangxun::receiver
